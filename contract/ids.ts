import { z } from 'zod';

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

export type InstanceId = z.infer<typeof InstanceId>;
export type ProjectId = z.infer<typeof ProjectId>;
export type RunId = z.infer<typeof RunId>;
export type PhaseId = z.infer<typeof PhaseId>;
export type StepId = z.infer<typeof StepId>;
export type AttemptId = z.infer<typeof AttemptId>;
export type ArtifactId = z.infer<typeof ArtifactId>;
export type GateId = z.infer<typeof GateId>;
export type TraceId = z.infer<typeof TraceId>;

/** Ids that one id implies. A run's first phase and a gate's two inherited spellings are part of the wire contract. */
export const defaultPhaseId = (runId: RunId): PhaseId => PhaseId.parse(trimTo(`phase-execution-${runId}`));
export const gateIdOfAttempt = (attemptId: AttemptId, ordinal: number): GateId =>
  GateId.parse(trimTo(ordinal === 1 ? `gate-${attemptId}` : `gate-${attemptId}-${ordinal}`));

const MAX_ID_LENGTH = 128;

/** Keeps derived ids inside the pattern's length: the tail is what tells two of them apart. */
function trimTo(id: string): string {
  if (id.length <= MAX_ID_LENGTH) return id;
  const head = id.slice(0, 40);
  return `${head}${id.slice(head.length - MAX_ID_LENGTH)}`;
}
