import type { ByteSink } from '../adapters/process/byte-sink.ts';
import type { HookEnd, HookRun } from '../adapters/provisioning/provision.ts';
import type { Redactor } from '../domain/redaction/redactor.ts';
import type { Processes } from '../services/ports/processes.ts';

const MAX_OUTPUT_BYTES = 64 * 1024;

/**
 * Runs a provisioning hook. What it prints passes the redactor; of a long output the beginning is kept. Who could not be
 * ended is told behind it.
 */
export const composeHookRunner =
  (processes: Processes, createRedactor: () => Redactor, mark: string) =>
  async ({
    command,
    cwd,
    environment,
    timeoutMs,
    signal,
  }: HookRun): Promise<HookEnd | { readonly sentence: string }> => {
    const output = collectOutput(createRedactor());
    const { sink } = output;
    const run = { command, cwd, env: environment, mark, timeoutMs, signal, stdout: sink, stderr: sink };
    const ended = await processes.runShell(run);
    if (!ended.ok) return ended.error;
    const { problems, ...end } = ended.value;
    return { ...end, output: [output.text(), ...problems].filter((text) => text !== '').join('\n') };
  };

function collectOutput(redactor: Redactor) {
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  const keep = (bytes: Uint8Array) => {
    const fitting = Uint8Array.prototype.slice.call(bytes, 0, MAX_OUTPUT_BYTES - keptBytes);
    keptBytes += fitting.length;
    if (fitting.length > 0) kept.push(fitting);
  };
  const sink: ByteSink = {
    write(chunk) {
      keep(redactor.push(chunk));
      return undefined;
    },
  };
  return {
    sink,
    text(): string {
      keep(redactor.flush());
      return Buffer.concat(kept).toString('utf8');
    },
  };
}
