import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ScriptedModel } from '../../main/cli/demo/scripted-model/scripted-model.ts';
import { agentFor } from './agent-for.ts';
import { TRANSPORTS, type Transport } from './dialogues/transports.ts';
import { killMarked, markedProcesses } from './marked-processes.ts';
import { makeStage, PROMPT, STDERR_TAIL, saveRecording, stableIn, versionOf } from './recording.ts';

interface Plot {
  readonly scenario: string;
  readonly answer: 'allow' | 'reject';
  readonly isCancelled: boolean;
}

const plot = (scenario: string, more: Partial<Plot> = {}): Plot => ({
  scenario,
  answer: 'allow',
  isCancelled: false,
  ...more,
});

/** In its sandbox Codex may write; it asks only when a command is to run outside. */
export function plotsOf({ program }: Transport): Readonly<Record<string, Plot>> {
  const isCodex = program === 'codex' || program === 'codex-acp';
  const [asking, long] = isCodex ? ['escalate', 'escalate-long-shell'] : ['write', 'long-shell'];
  return {
    text: plot('text'),
    thoughts: plot('thoughts'),
    'ask-allow': plot(asking),
    'ask-reject': plot(asking, { answer: 'reject' }),
    'failing-shell': plot('failing-shell'),
    cancel: plot(long, { isCancelled: true }),
    'http-400': plot('http-400'),
    'http-429-once': plot('http-429-once'),
  };
}

export interface DialogueRecording {
  /** A key of `TRANSPORTS`. */
  readonly transport: string;
  readonly name: string;
  readonly model: ScriptedModel;
  readonly folder: string;
}

/** Gives a line about how it went. Each line of the recording is `{from: 'agent' | 'client', message}`. */
export async function recordDialogue({ transport: key, name, model, folder }: DialogueRecording): Promise<string> {
  const transport = TRANSPORTS[key];
  const plotted = transport === undefined ? undefined : plotsOf(transport)[name];
  if (transport === undefined || plotted === undefined) throw new Error(`there is no recording ${name} of ${key}`);
  const { scenario, answer, isCancelled } = plotted;
  const stage = makeStage(folder, `${key}-${name}`);
  const file = join(stage.repository, 'hello.txt');
  const prepared = agentFor(transport.program, { scenario, model, folder: stage.own, canAsk: true, maxRetries: 2 });
  const args = transport.args(stage.repository);
  const { lines, end } = await transport.play({
    ...prepared,
    args: [...prepared.argvPrefix, ...args],
    cwd: stage.repository,
    prompt: PROMPT,
    answer,
    cancelAtFile: isCancelled ? file : null,
  });
  const left = markedProcesses(stage.own).length;
  killMarked(stage.own);
  const stable = stableIn(stage);
  const version = versionOf(transport.program);
  const { stderr, ...ended } = end;
  const started = { agent: transport.program, version, scenario, answer, isCancelled, arguments: args.map(stable) };
  const facts = {
    ...started,
    ...ended,
    isFileWritten: existsSync(file),
    stderrTail: stable(stderr).slice(-STDERR_TAIL),
  };
  const stdout = stable(lines.map((line) => `${JSON.stringify(line, shortened)}\n`).join(''));
  saveRecording({ agent: key, name, stdout, facts });
  return `exit ${end.exitCode ?? end.signal} by ${end.endedBy}, ${stdout.length} bytes, file ${facts.isFileWritten}, ${left} left`;
}

const LONG_TEXT = 1_000;

/** Qwen Code sends the text of all its skills in one line of half a megabyte. */
const shortened = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > LONG_TEXT
    ? `${value.slice(0, LONG_TEXT / 2)}… (${value.length} characters)`
    : value;
