import { once } from 'node:events';
import { spawnTestDaemon, type TestDaemonOptions } from './test-daemon.ts';

export interface RefusedStart {
  readonly exitCode: number | null;
  /** What it wrote to stderr, without the newline at the end. */
  readonly sentence: string;
}

/** Starts a daemon that is expected not to come up, and waits for its end. */
export async function startRefusedDaemon(options: TestDaemonOptions): Promise<RefusedStart> {
  const child = spawnTestDaemon(options);
  let sentence = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    sentence += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('"msg":"ready"')) child.kill('SIGKILL');
  });
  const [exitCode]: (number | null)[] = await once(child, 'close');
  return { exitCode: exitCode ?? null, sentence: sentence.replace(/\n$/, '') };
}
