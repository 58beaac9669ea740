import { z } from 'zod';
import { StepState } from '../../contract/step-state.ts';
import { WireAttempt } from '../../contract/wire/attempt.ts';
import { WireGate } from '../../contract/wire/gate.ts';
import { WireRun } from '../../contract/wire/run.ts';

/** Documents that the command line makes itself; whatever comes from the daemon is passed on as it is. */
export const Failure = z
  .object({
    error: z.string().meta({ description: 'What could not be done: a short text that scripts compare' }),
    message: z.string().optional().meta({ description: 'Why' }),
    status: z.int().optional().meta({ description: 'The HTTP status, when the daemon refused it' }),
  })
  .meta({ description: 'A failure of any command. The exit code tells of which kind.' });

export const Up = z.object({
  status: z.enum(['started', 'already_running']),
  base_url: z.string(),
  pid: z.int(),
  repo_root: z.string(),
  execution_mode: z.enum(['real', 'simulation']),
  log: z.string(),
});

export const Open = z.object({
  status: z.enum(['started', 'already_running']),
  base_url: z.string(),
  pid: z.int(),
  repo_root: z.string(),
  url: z.string().meta({ description: 'Good once' }),
  expires_at: z.iso.datetime(),
  opened_with: z.string().nullable().meta({ description: 'The program that was asked; null: nobody opened it' }),
});

export const Down = z.object({ status: z.enum(['stopped', 'not_running']), pid: z.int().optional() });

const Check = z.object({
  name: z.string(),
  result: z.enum(['ok', 'warning', 'problem']),
  detail: z.string(),
  advice: z.string().meta({ description: 'What to do about it; empty when there is nothing to do' }),
});
export const Doctor = z.object({
  ok: z.boolean().meta({ description: 'Nothing is a problem: the exit code says the same' }),
  checks: z.array(Check),
});

export const SettingDocument = z.object({
  key: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
  source: z.enum(['default', 'file', 'dotenv', 'environment', 'flag']),
  source_path: z.string().nullable(),
  source_key: z.string().nullable(),
});

/** What was done, and to what. */
export const done = (action: string) =>
  z.object({ action: z.literal(action), id: z.string(), status: z.literal('success') });

export const Log = z.object({
  step_id: z.string(),
  attempt_id: z.string().optional(),
  available: z.boolean().meta({ description: 'False: there is none, and content is empty' }),
  content_type: z.string(),
  content: z.string(),
});

export const StepOpen = z.object({
  step_id: z.string(),
  attempt_id: z.string().meta({ description: 'Empty: the step has no attempt yet' }),
  worktree: z.string().nullable().meta({ description: 'The folder, when it is on disk' }),
  restore: z.array(z.string()).meta({ description: 'Commands that bring the saved work back' }),
});

const TreeStep = z.looseObject({
  id: z.string(),
  state: StepState,
  attempts: z.array(WireAttempt),
  gates: z.array(WireGate),
});
export const RunTree = z.object({
  run: WireRun,
  phases: z.array(z.looseObject({ id: z.string(), run_id: z.string(), name: z.string(), steps: z.array(TreeStep) })),
});

export const ArtifactContent = z.object({
  artifact_id: z.string(),
  name: z.string(),
  content_type: z.string(),
  sha256: z.string().nullable(),
  encoding: z.enum(['utf-8', 'base64']),
  content: z.string(),
});

export const SavedArtifact = z.object({
  artifact_id: z.string(),
  path: z.string(),
  size: z.int(),
  sha256: z.string().nullable(),
});

export const RestoreCommands = z.object({ attempt_id: z.string(), restore: z.array(z.string()) });
export const RestoredFiles = z.object({
  attempt_id: z.string(),
  commit: z.string(),
  into: z.string(),
  files: z.int(),
  skipped: z.array(z.string()).meta({ description: 'Left out, each with its reason' }),
});

export const Bound = z.object({ pid: z.int(), status: z.literal('success') });
export const Unbound = z.object({ action: z.literal('unbind'), status: z.literal('success') });
export const Completion = z.object({ shell: z.string(), script: z.string() });
export const Version = z.object({ version: z.string() });

const TaskOutcome = z.object({
  index: z.int().meta({ description: 'Which task of the list, from 1' }),
  source: z.string().meta({ description: 'The line of the list' }),
  step_id: z.string().meta({ description: 'Empty: it did not become a step' }),
  state: z.string().meta({ description: 'The state of the step, or the error of the command line' }),
  exit_code: z.int(),
  resumed: z.boolean().meta({ description: 'The step is from before' }),
  message: z.string().meta({ description: 'Why it did not complete; empty when it did' }),
});
export const TaskList = z.object({
  run_id: z.string(),
  project: z.string(),
  input_mode: z.enum(['task-file', 'task-json', 'prompt-file', 'goal']),
  continue_on_failure: z.boolean(),
  tasks_total: z.int(),
  tasks_succeeded: z.int(),
  tasks_failed: z.int(),
  tasks_not_run: z.int(),
  results: z.array(TaskOutcome),
  final_exit_code: z.int(),
});
