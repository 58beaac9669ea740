import { z } from 'zod';

import { HASH_LENGTH, hashText } from './hash-text.ts';

/** What an id that comes from outside may look like. Safe in URLs; file and ref names still go through `escapeName`. */
export const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

const idText = z
  .string()
  .regex(ID_PATTERN, 'must be 1 to 128 characters of A-Z, a-z, 0-9, ".", "_" or "-", starting with a letter or digit');

export const InstanceId = idText.brand<'InstanceId'>();
export const ProjectId = idText.brand<'ProjectId'>();
export const RunId = idText.brand<'RunId'>();
export const PhaseId = idText.brand<'PhaseId'>();
export const StepId = idText.brand<'StepId'>();
export const AttemptId = idText.brand<'AttemptId'>();
export const ArtifactId = idText.brand<'ArtifactId'>();
export const GateId = idText.brand<'GateId'>();
export const TraceId = idText.brand<'TraceId'>();
export const TokenId = idText.brand<'TokenId'>();

export type InstanceId = z.infer<typeof InstanceId>;
export type ProjectId = z.infer<typeof ProjectId>;
export type RunId = z.infer<typeof RunId>;
export type PhaseId = z.infer<typeof PhaseId>;
export type StepId = z.infer<typeof StepId>;
export type AttemptId = z.infer<typeof AttemptId>;
export type ArtifactId = z.infer<typeof ArtifactId>;
export type GateId = z.infer<typeof GateId>;
export type TraceId = z.infer<typeof TraceId>;
export type TokenId = z.infer<typeof TokenId>;

/**
 * Ids that follow from other ids. `phase-execution-<run>` and `gate-<attempt>` are what inherited clients know. Different
 * parts give different ids.
 */
export const defaultPhaseId = (runId: RunId): PhaseId => PhaseId.parse(fitId(`phase-execution-${runId}`));

export const attemptIdOf = (stepId: StepId, number: number): AttemptId =>
  AttemptId.parse(fitId(`${stepId}-a${number}`));

/** The first gate of an attempt has the plain name; the next ones are numbered. */
export const gateIdOf = (attemptId: AttemptId, ordinal: number): GateId =>
  GateId.parse(fitId(ordinal === 1 ? `gate-${attemptId}` : `gate-${attemptId}-${ordinal}`));

/** Of an agent's question: never the plain name, so that this one means whatever single gate is pending. */
export const permissionGateIdOf = (attemptId: AttemptId, ordinal: number): GateId =>
  GateId.parse(fitId(`gate-${attemptId}-p${ordinal}`));

/** A file's name may hold anything, so the hash always tells it. */
export const artifactIdOf = (attemptId: AttemptId, name: string): ArtifactId =>
  ArtifactId.parse(cutId(`art-${attemptId}-${name.replace(/[^A-Za-z0-9._-]/g, '-')}`, `${attemptId}/${name}`));

/** An id of full length is always a cut one: nobody can choose parts that look like the cut form of others. */
const fitId = (id: string): string => (id.length < MAX_ID_LENGTH ? id : cutId(id, id));

const cutId = (readable: string, whole: string): string =>
  `${readable.slice(0, MAX_ID_LENGTH - HASH_LENGTH - 1)}-${hashText(whole)}`;

const MAX_ID_LENGTH = 128;
