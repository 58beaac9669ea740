import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Address } from './api-client.ts';
import { cleanEnvironment } from './product.ts';
import type { Bench } from './row.ts';

/** A server of floors/ or programs/. Its first line is its port, and a token where it wants one. */
export interface ServerProgram {
  readonly child: ChildProcess;
  readonly address: Address;
  /** From its start to its first line. */
  readonly readyAfterMs: number;
  nextLine(): Promise<string>;
}

export async function startServer(
  bench: Bench,
  { program, args }: { readonly program: string; readonly args: readonly string[] },
): Promise<ServerProgram> {
  const startedAtMs = performance.now();
  const child = bench.workshop.start(process.execPath, [join(import.meta.dirname, program), ...args], {
    env: { ...cleanEnvironment(), XDG_STATE_HOME: bench.workshop.folder('state') },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (child.stdout === null) throw new Error(`${program} has no stdout`);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${program} ended before it said what was awaited`);
    return value;
  };
  const [port, token = 'none'] = (await nextLine()).split(' ');
  const readyAfterMs = performance.now() - startedAtMs;
  return { child, address: { host: '127.0.0.1', port: Number(port), token }, readyAfterMs, nextLine };
}
