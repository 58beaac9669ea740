import { readFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../contract/client/json-value.ts';
import { EXIT } from '../../contract/errors.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import type { CliFailure } from './cli-failure.ts';
import { fileProblem } from './file-problem.ts';
import { isDirect, type Source, type SubmitFlags, type SubmitOrder } from './submit-source.ts';

/** The task of an order in its wire form, with the word-for-word input that it was made from. */
export async function readTask(context: CliContext, order: SubmitOrder): Promise<Result<JsonObject, CliFailure>> {
  const input = await readInput(context, order.source);
  if (!input.ok) return err(preparing(input.error));
  const task = isDirect(order.source) ? directTask(order, input.value) : await canonicalTask(order, input.value);
  return task.ok ? task : err({ ...preparing(task.error), ...promptHint(context, order.source) });
}

const preparing = (message: string): CliFailure => ({ error: 'preparing task submission', message, exit: EXIT.usage });

/** A text in the place of a task is the commonest mix-up: its parser can only speak of YAML. */
const promptHint = ({ programName }: CliContext, source: Source): Pick<CliFailure, 'nextStep'> =>
  source.kind === 'task_file' && !/\.(ya?ml|json)$/i.test(source.path)
    ? { nextStep: `A text that becomes the goal: ${programName} submit <runID> --prompt-file <path>` }
    : {};

async function readInput(context: CliContext, source: Source): Promise<Result<string, string>> {
  switch (source.kind) {
    case 'goal':
      return ok(source.text);
    case 'stdin':
      return decode(await context.readStdin(), 'standard input');
    default:
      break;
  }
  if (source.kind === 'task_json' && source.path === '-') return decode(await context.readStdin(), 'standard input');
  try {
    return decode(await readFile(resolve(context.cwd, source.path)), source.path);
  } catch (error) {
    return err(`could not read ${FILE_NAMES[source.kind]}: ${fileProblem(source.path, error)}`);
  }
}

const FILE_NAMES = { task_file: 'task spec file', task_json: 'task json', prompt_file: 'prompt file' } as const;

function decode(bytes: Uint8Array, name: string): Result<string, string> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return err(`${name} is no UTF-8 text`); // the decoder says no more than that
  }
}

/** A whole TaskSpec: passed on with every key it has. What it lacks is the run. */
async function canonicalTask({ source, runId }: SubmitOrder, text: string): Promise<Result<JsonObject, string>> {
  const parsed = await parseTask(source, text);
  if (!parsed.ok) return parsed;
  const task = parsed.value;
  const ownRunId = typeof task['run_id'] === 'string' ? task['run_id'] : '';
  if (ownRunId !== '' && runId !== '' && ownRunId !== runId) {
    return err(`task run_id ${JSON.stringify(ownRunId)} does not match submit run ID ${JSON.stringify(runId)}`);
  }
  const defaultsApplied = ownRunId === '' ? ['run_id'] : [];
  return ok({ ...task, submission_provenance: provenanceOf({ source, text, defaultsApplied }) });
}

async function parseTask(source: Source, text: string): Promise<Result<JsonObject, string>> {
  if (source.kind === 'task_json') {
    const parsed = parseJson(text);
    return asTask(parsed, 'failed to parse task spec json');
  }
  const { parseYamlTask } = await import('./parse-yaml-task.ts');
  return asTask(parseYamlTask(text), 'failed to parse task spec yaml/json');
}

function asTask(parsed: Result<JsonValue, string>, what: string): Result<JsonObject, string> {
  if (!parsed.ok) return err(`${what}: ${parsed.error}`);
  if (isJsonObject(parsed.value)) return ok(parsed.value);
  return err(`${what}: ${parsed.value === null ? 'it is empty' : 'a task is an object with keys'}`);
}

/** A task of which only the goal is given, and what the flags add. */
function directTask({ source, flags }: SubmitOrder, text: string): Result<JsonObject, string> {
  if (text.trim() === '') return err('direct input is empty');
  const title = flags.title?.trim() ?? '';
  const defaultsApplied = ['version', ...(title === '' ? ['title'] : [])];
  return ok({
    version: 'v1',
    title: title || defaultTitle(source),
    goal: text,
    ...metadataOf(flags),
    submission_provenance: provenanceOf({ source, text, defaultsApplied }),
  });
}

const defaultTitle = (source: Source): string =>
  source.kind === 'prompt_file' ? basename(source.path, extname(source.path)) : 'Direct task';

const metadataOf = (flags: SubmitFlags): JsonObject => ({
  ...(flags.context === undefined ? {} : { context: { summary: flags.context } }),
  ...(flags.adapter === undefined ? {} : { adapter_profile: flags.adapter }),
  ...(flags.timeout === undefined ? {} : { timeout_seconds: Number(flags.timeout) }),
  ...(flags.policy === undefined ? {} : { policy_bundle: flags.policy }),
  ...(flags.acceptance.length === 0 ? {} : { acceptance: flags.acceptance }),
  ...(flags.validation.length === 0 ? {} : { validations: flags.validation.map(validationOf) }),
});

const validationOf = (command: string, index: number): JsonObject => ({ name: `validation-${index + 1}`, command });

interface Origin {
  readonly source: Source;
  readonly text: string;
  readonly defaultsApplied: readonly string[];
}

const provenanceOf = ({ source, text, defaultsApplied }: Origin): JsonObject => ({
  source_kind: source.kind,
  source_name: sourceName(source),
  original_format: formatOf(source),
  original_input: text,
  ...(defaultsApplied.length === 0 ? {} : { defaults_applied: defaultsApplied }),
});

function sourceName(source: Source): string {
  if (source.kind === 'goal') return 'inline-goal';
  return source.kind === 'stdin' ? 'stdin' : basename(source.path);
}

function formatOf(source: Source): string {
  switch (source.kind) {
    case 'task_json':
      return 'json';
    case 'task_file':
      return extname(source.path) === '.json' ? 'json' : 'yaml';
    case 'prompt_file':
      return extname(source.path).slice(1) || 'txt';
    default:
      return 'txt';
  }
}
