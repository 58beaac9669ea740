import { EXIT } from '../../contract/errors.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { CliFailure } from './cli-failure.ts';
import type { ArgsProblem, FlagValues } from './flags.ts';

export const SUBMIT_FLAGS = {
  newRun: 'switch',
  project: 'text',
  closeWhenIdle: 'switch',
  wait: 'switch',
  taskJson: 'text',
  promptFile: 'text',
  goal: 'text',
  stdin: 'switch',
  title: 'text',
  context: 'text',
  adapter: 'text',
  timeout: 'text',
  policy: 'text',
  acceptance: 'texts',
  validation: 'texts',
} as const;

export type SubmitFlags = FlagValues<typeof SUBMIT_FLAGS>;

/** Where the task comes from: a whole TaskSpec, or a text that becomes the goal of one. */
export type Source =
  | { readonly kind: 'task_file' | 'task_json' | 'prompt_file'; readonly path: string }
  | { readonly kind: 'goal'; readonly text: string }
  | { readonly kind: 'stdin' };

export interface SubmitOrder {
  /** Empty: a new run is made for it. */
  readonly runId: string;
  readonly source: Source;
  readonly flags: SubmitFlags;
}

/** Exactly one source, and flags that fit it. */
export function readOrder(words: readonly string[], flags: SubmitFlags): Result<SubmitOrder, CliFailure> {
  const [runId = '', ...files] = flags.newRun ? ['', ...words] : words;
  if (runId === '' && !flags.newRun) return err(invalidSubmit('submit requires a run ID, or --new-run'));
  if (files.length > 1) return err(invalidSubmit('submit accepts at most one positional task file'));
  const sources = sourcesOf(files[0], flags);
  const [source] = sources;
  if (source === undefined || sources.length > 1) return err(invalidSubmit(ONE_SOURCE));
  if (!isDirect(source) && hasDirectFlags(flags)) return err(invalidSubmit(DIRECT_ONLY));
  if (flags.timeout !== undefined && !/^[+-]?\d+$/.test(flags.timeout)) {
    return err(invalidSubmit('--timeout expects an integer number of seconds'));
  }
  return ok({ runId, source, flags });
}

export const isDirect = ({ kind }: Source): boolean => kind === 'prompt_file' || kind === 'goal' || kind === 'stdin';

const ONE_SOURCE =
  'submit requires exactly one primary input source: positional task file, --task-json, --prompt-file, --goal, or --stdin';

const DIRECT_ONLY =
  'direct metadata flags (--title, --context, --adapter, --timeout, --policy, --acceptance, --validation) ' +
  'are only supported with --prompt-file, --goal, or --stdin';

const sourcesOf = (file: string | undefined, flags: SubmitFlags): readonly Source[] => [
  ...(file === undefined ? [] : [{ kind: 'task_file', path: file } as const]),
  ...(flags.taskJson === undefined ? [] : [{ kind: 'task_json', path: flags.taskJson } as const]),
  ...(flags.promptFile === undefined ? [] : [{ kind: 'prompt_file', path: flags.promptFile } as const]),
  ...(flags.goal === undefined ? [] : [{ kind: 'goal', text: flags.goal } as const]),
  ...(flags.stdin ? [{ kind: 'stdin' } as const] : []),
];

function hasDirectFlags({ title, context, adapter, timeout, policy, acceptance, validation }: SubmitFlags): boolean {
  const isGiven = [title, context, adapter, timeout, policy].some((value) => value !== undefined);
  return isGiven || acceptance.length > 0 || validation.length > 0;
}

const invalidSubmit = (message: string): CliFailure => ({ error: 'invalid submit input', message, exit: EXIT.usage });

export function explainSubmit(problem: ArgsProblem): CliFailure {
  if (problem.kind === 'unknown-flag') return invalidSubmit(`unknown submit flag ${JSON.stringify(problem.flag)}`);
  if (problem.kind === 'missing-value') return invalidSubmit(`${problem.flag} requires a value`);
  return invalidSubmit('submit accepts at most one positional task file');
}
