import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SmokeInput } from './inputs.ts';
import { type Reply, sayingOf, textAt } from './run-cli.ts';
import type { Stage } from './stage.ts';

export interface Judged {
  readonly stepId: string;
  readonly state: string;
  /** What is not as it should be; null: nothing. */
  readonly problem: string | null;
}

/** Submits one input, waits for its end, and looks at what the record then says of it. */
export async function judgeInput(stage: Stage, input: SmokeInput, runId: string): Promise<Judged> {
  const file = input.file === null ? '' : join(stage.scratch, input.file);
  if (file !== '') await writeFile(file, input.text);
  const args = input.args.map((arg) => (arg === '{file}' ? file : arg));
  const order = ['submit', runId, ...args, '--wait', '--json'];
  const waited = await stage.cli(order, input.onStdin ? input.text : '');
  if (file !== '') await rm(file);
  const stepId = textAt(waited, 'step_id');
  const state = textAt(waited, 'state') || 'nothing';
  if (waited.exitCode !== 0) return { stepId, state, problem: whyNotDone(waited) };
  return { stepId, state, problem: await findProblem(stage, { input, runId, stepId }) };
}

/** A step that has ended otherwise says why; without one it is the command that says it. */
function whyNotDone(waited: Reply): string {
  const reason = textAt(waited, 'status_reason') || textAt(waited, 'summary');
  return reason === '' ? `submit exited ${waited.exitCode}: ${sayingOf(waited)}` : reason;
}

interface Looked {
  readonly input: SmokeInput;
  readonly runId: string;
  readonly stepId: string;
}

async function findProblem(stage: Stage, { input, runId, stepId }: Looked): Promise<string | null> {
  const result = await stage.cli(['step', 'result', stepId, '--json']);
  const logs = await stage.cli(['step', 'logs', stepId, '--json']);
  const changed = result.json['files_changed'] ?? [];
  const [validation] = asList(result.json['validations']);
  const rows: readonly (readonly [boolean, string])[] = [
    [result.exitCode === 0, `step result exited ${result.exitCode}: ${sayingOf(result)}`],
    [
      textAt(result, 'state') === 'completed',
      `its result says ${textAt(result, 'state')}: ${textAt(result, 'summary')}`,
    ],
    [textAt(result, 'run_id') === runId, `it stands in run ${textAt(result, 'run_id')}`],
    [result.json['is_simulation'] === true, 'it was not simulated'],
    [fieldOf(validation, 'state') === 'passed', `its validation is ${String(fieldOf(validation, 'state'))}`],
    [input.makes === null || asList(changed).includes(input.makes), `it changed ${JSON.stringify(changed)}`],
    [logs.json['available'] === true, `its log cannot be read: ${sayingOf(logs)}`],
  ];
  const problem = rows.find(([isRight]) => !isRight)?.[1];
  return problem ?? (await findLoss(result, input.text));
}

/** The input is kept word for word. */
async function findLoss(result: Reply, text: string): Promise<string | null> {
  const path = fieldOf(result.json['artifacts'], 'original_input_ref');
  if (typeof path !== 'string') return 'its original input was not kept';
  const kept = await readFile(path, 'utf8');
  return kept === text ? null : `its original input was kept as ${JSON.stringify(kept)}`;
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
