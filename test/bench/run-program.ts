import { once } from 'node:events';
import type { Workshop } from './workshop.ts';

export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Milliseconds from the start of a program to its end. It must end well. */
export async function timeProgram(workshop: Workshop, { file, args, cwd, env }: Program): Promise<number> {
  const startedAtMs = performance.now();
  const child = workshop.start(file, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  await once(child, 'exit');
  const durationMs = performance.now() - startedAtMs;
  if (child.exitCode !== 0) throw new Error(`${[file, ...args].join(' ')}: exit ${child.exitCode}: ${stderr.trim()}`);
  return durationMs;
}
