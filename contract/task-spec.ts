import { z } from 'zod';

import { FailureClass } from './failure-class.ts';
import { PhaseId, ProjectId, RunId, StepId } from './ids.ts';
import { EpochMs } from './time.ts';

const MAX_TEXT = 1_000_000;
const MAX_COMMAND = 100_000;
const MAX_PATH = 4096;
const MAX_LIST = 1_000;
const MAX_TIMEOUT_SECONDS = 7 * 24 * 3600;

const text = z.string().max(MAX_TEXT);
/** What reaches the operating system as an argument, a path or a variable: none of them can carry a null character. */
const systemText = z.string().refine((value) => !value.includes('\0'), 'must not contain a null character');
const command = systemText.max(MAX_COMMAND).refine((value) => value.trim() !== '', 'must not be blank');
const path = systemText.max(MAX_PATH);
const texts = z.array(text).max(MAX_LIST);
const timeoutSeconds = z.number().int().positive().max(MAX_TIMEOUT_SECONDS);
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const environment = z.record(z.string(), systemText).superRefine((variables, context) => {
  for (const name of Object.keys(variables).filter((key) => !VARIABLE_NAME.test(key))) {
    context.addIssue({ code: 'custom', path: [name], message: 'is not the name of an environment variable' });
  }
});

/** One command run after the executor. It goes through a shell: a validation is a command by definition. */
export const ValidationSpec = z.strictObject({
  name: z.string().min(1).max(200),
  command,
  required: z.boolean().default(true),
  timeoutSeconds: timeoutSeconds.default(600),
});
export type ValidationSpec = z.infer<typeof ValidationSpec>;

/** What a validation is called whose task gave it no name. */
export const defaultValidationName = (index: number): string => `validation-${index + 1}`;

/** What the `command` executor runs. `cwd` is relative to the worktree and must stay in it. */
export const RecipeStep = z.strictObject({
  run: command,
  cwd: path.optional(),
  env: environment.default({}),
  timeoutSeconds: timeoutSeconds.optional(),
});
export const Recipe = z.strictObject({ steps: z.array(RecipeStep).min(1).max(MAX_LIST) });
export type Recipe = z.infer<typeof Recipe>;

/** An edit that the simulation makes: the whole content of a file, or its deletion. */
export const SimulatedEdit = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('write'), path: path.min(1), content: text }),
  z.strictObject({ action: z.literal('delete'), path: path.min(1) }),
]);

export type SimulatedEdit = z.infer<typeof SimulatedEdit>;

export const Simulation = z.strictObject({
  durationMs: z.number().int().nonnegative().max(3_600_000).default(0),
  edits: z.array(SimulatedEdit).max(MAX_LIST).default([]),
  exitCode: z.number().int().min(0).max(255).default(0),
  outputBytes: z.number().int().nonnegative().max(2_000_000_000).default(0),
  question: z.string().max(10_000).optional(),
});
export type Simulation = z.infer<typeof Simulation>;

/** Delay before attempt n+1: min(cap, base · factor^(n-1)) plus a drawn jitter that is recorded. One attempt unless declared. */
export const RetryRule = z.strictObject({
  maxAttempts: z.number().int().min(1).max(100).default(1),
  baseSeconds: z.number().nonnegative().max(86_400).default(30),
  factor: z.number().min(1).max(100).default(2),
  capSeconds: z.number().nonnegative().max(604_800).default(3600),
  jitterSeconds: z.number().nonnegative().max(3600).default(0),
  on: z.array(FailureClass).max(20).default(['adapter_failed', 'timeout', 'lease_expired']),
});
export type RetryRule = z.infer<typeof RetryRule>;

export const SourceKind = z.enum(['task_file', 'task_json', 'prompt_file', 'goal', 'stdin', 'http', 'mcp']);

/** Where a task came from, word for word. */
export const SubmissionProvenance = z.strictObject({
  sourceKind: SourceKind.optional(),
  sourceName: z.string().max(MAX_PATH).optional(),
  originalFormat: z.string().max(32).optional(),
  originalInput: z.string().max(4_000_000).optional(),
  defaultsApplied: z.array(z.string().max(100)).max(100).optional(),
});
export type SubmissionProvenance = z.infer<typeof SubmissionProvenance>;

/** A path pattern of `allowed_paths` and `forbidden_paths`: relative to the repository, `*`, `**` and `?` as in .gitignore. */
const pathPattern = z.string().min(1).max(MAX_PATH);

/** One task. What a planner declares and the bridge obeys; nothing here is ever guessed. */
export const TaskSpec = z.strictObject({
  version: z.string().max(32).default('v1'),
  projectId: ProjectId.optional(),
  runId: RunId.optional(),
  phaseId: PhaseId.optional(),
  stepId: StepId.optional(),
  title: z.string().max(10_000).default(''),
  goal: text.default(''),
  contextSummary: text.default(''),
  constraints: texts.default([]),
  allowedPaths: z.array(pathPattern).max(MAX_LIST).default([]),
  forbiddenPaths: z.array(pathPattern).max(MAX_LIST).default([]),
  validations: z.array(ValidationSpec).max(MAX_LIST).default([]),
  acceptance: texts.default([]),
  stopConditions: texts.default([]),
  policyBundle: z.string().max(200).default(''),
  adapterProfile: z.string().max(200).default(''),
  timeoutSeconds: timeoutSeconds.optional(),
  isSimulation: z.boolean().optional(),
  expectsChanges: z.enum(['yes', 'no', 'unknown']).default('unknown'),
  recipe: Recipe.optional(),
  simulation: Simulation.optional(),
  priority: z.number().int().min(-1_000_000).max(1_000_000).default(0),
  notBeforeMs: EpochMs.optional(),
  retry: RetryRule.optional(),
  baseRef: systemText.min(1).max(1000).optional(),
  isRequired: z.boolean().default(true),
  provenance: SubmissionProvenance.optional(),
});
export type TaskSpec = z.infer<typeof TaskSpec>;
