import { z } from 'zod';
import { WireActivity } from '../../contract/wire/activity.ts';
import { WireAntigravityInstance } from '../../contract/wire/antigravity.ts';
import { WireArtifact } from '../../contract/wire/artifact.ts';
import { WireAttempt } from '../../contract/wire/attempt.ts';
import { WireAudit } from '../../contract/wire/checks.ts';
import { WireEvent } from '../../contract/wire/event.ts';
import { WireExecutor, WireExecutorList } from '../../contract/wire/executor.ts';
import { WireGate } from '../../contract/wire/gate.ts';
import { WireInstance } from '../../contract/wire/instance.ts';
import { WireQueue } from '../../contract/wire/queue.ts';
import { WireResult } from '../../contract/wire/result.ts';
import { WireRun } from '../../contract/wire/run.ts';
import { WireSalvageEntry } from '../../contract/wire/salvage-entry.ts';
import { WireChangedSettings, WireSettings } from '../../contract/wire/settings.ts';
import { WireStep } from '../../contract/wire/step.ts';
import { WireTaskSpec } from '../../contract/wire/task-spec.ts';
import { WireToken } from '../../contract/wire/token.ts';
import { WireValidationsByAttempt } from '../../contract/wire/validations-by-attempt.ts';
import * as documents from './cli-documents.ts';

const listOf = (schema: z.ZodType) => z.array(schema).nullable();

/** What `codencer <command> --json` prints when it does what was asked. */
export const COMMAND_DOCUMENTS: Readonly<Record<string, z.ZodType>> = {
  up: documents.Up,
  open: documents.Open,
  down: documents.Down,
  instance: WireInstance,
  'config list': WireSettings,
  'config get': documents.SettingDocument,
  'config set': WireChangedSettings,
  'token list': z.array(WireToken),
  'token revoke': WireToken,
  doctor: documents.Doctor,
  'run start': WireRun,
  'run list': listOf(WireRun),
  'run state': WireRun,
  'run wait': WireRun,
  'run tree': documents.RunTree,
  'run abort': documents.done('abort'),
  'run complete': WireRun,
  submit: WireStep,
  'submit --wait': WireResult,
  queue: WireQueue,
  'step list': listOf(WireStep),
  'step state': WireStep,
  'step wait': WireResult,
  'step cancel': documents.done('cancel'),
  'step retry': documents.done('retry'),
  'step resolve': documents.done('resolve'),
  'step result': WireResult,
  'step logs': documents.Log,
  'step artifacts': listOf(WireArtifact),
  'step validations': WireValidationsByAttempt,
  'step diff': documents.Log,
  'step open': documents.StepOpen,
  'attempt list': z.array(WireAttempt),
  'attempt show': WireAttempt,
  'attempt log': documents.Log,
  'artifact list': z.array(WireArtifact),
  'artifact cat': documents.ArtifactContent,
  'artifact save': documents.SavedArtifact,
  'salvage list': z.array(WireSalvageEntry),
  'salvage show': WireSalvageEntry,
  'salvage restore': documents.RestoreCommands,
  'salvage restore --into': documents.RestoredFiles,
  'salvage release': documents.done('release'),
  'audit verify': WireAudit,
  'gate list': z.array(WireGate),
  'gate show': WireGate,
  'gate approve': documents.done('approve'),
  'gate reject': documents.done('reject'),
  'executor list': WireExecutorList,
  'executor show': WireExecutor,
  'executor probe': WireExecutor,
  'antigravity list': listOf(WireAntigravityInstance),
  'antigravity bind': documents.Bound,
  'antigravity unbind': documents.Unbound,
  'antigravity status': WireAntigravityInstance.nullable(),
  completion: documents.Completion,
  version: documents.Version,
};

/** Commands that print one document on each line. */
export const LINE_DOCUMENTS: Readonly<Record<string, z.ZodType>> = {
  events: WireEvent,
  'run watch': WireEvent,
  'step watch': WireEvent,
  'step activity': WireActivity,
  'attempt activity': WireActivity,
};

/** Commands that have no document, each with the reason. */
export const WITHOUT_DOCUMENT: Readonly<Record<string, string>> = {
  attach: 'it is a terminal for people, and with --json it refuses',
  daemon: 'it prints its log, one JSON object a line, until it ends',
  demo: 'it is a play for people',
};

/** What is neither a command nor printed by every one of them. */
export const OTHER_DOCUMENTS = {
  task: { schema: WireTaskSpec, use: 'request' },
  result: { schema: WireResult, use: 'answer' },
  error: { schema: documents.Failure, use: 'answer' },
  'run-tasks': { schema: documents.TaskList, use: 'answer' },
} as const;
