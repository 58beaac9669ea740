import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

const LINES = 20_000;
/** Every so many lines one holds a secret. */
const SECRET_EVERY = 500;

/** Names and values of so many secrets, of the lengths that tokens have; the same in every run. */
export const makeSecrets = (count: number): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const digest = createHash('sha512').update(`secret ${index}`).digest('base64url');
      return [`BENCH_SECRET_${index}`, digest.slice(0, 20 + (index % 45))] as const;
    }),
  );

/** Writes a log like a build's or a test run's, with a secret here and there. */
export function writeSampleLog(path: string, sizeBytes: number, secrets: readonly string[]): void {
  const block = Buffer.from(Array.from({ length: LINES }, (_, line) => lineText(line, secrets)).join(''));
  const file = openSync(path, 'w');
  for (let left = sizeBytes; left > 0; ) left -= writeSync(file, block, 0, Math.min(left, block.length));
  closeSync(file);
}

function lineText(line: number, secrets: readonly string[]): string {
  const hash = createHash('sha1').update(String(line)).digest('hex');
  const secret = line % SECRET_EVERY === 0 ? ` token=${secrets[(line / SECRET_EVERY) % secrets.length]}` : '';
  const time = `2026-11-20T10:${String(line % 60).padStart(2, '0')}:00.${line % 1000}Z`;
  return `[${time}] info  src/part-${line % 40}/module-${line}.ts compiled to dist/${hash}.js in ${line % 97} ms${secret}\n`;
}
