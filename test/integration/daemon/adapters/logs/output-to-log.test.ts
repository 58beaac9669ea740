import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followLog } from '../../../../../main/daemon/adapters/logs/follow-log.ts';
import { readLogLines } from '../../../../../main/daemon/adapters/logs/log-reader.ts';
import { openLogWriter } from '../../../../../main/daemon/adapters/logs/log-writer.ts';
import { createOutputPipes, type OutputPipes } from '../../../../../main/daemon/adapters/process/output-pipes.ts';
import { startProcess } from '../../../../../main/daemon/adapters/process/supervise.ts';
import { type PatternSet, preparePatterns } from '../../../../../main/daemon/domain/redaction/pattern-set.ts';
import { createRedactor } from '../../../../../main/daemon/domain/redaction/redactor.ts';
import { formsOfSecrets } from '../../../../../main/daemon/domain/redaction/secret-forms.ts';

const fixture = (name: string) => join(import.meta.dirname, '../../../../fixtures/programs', name);
/** 1000000000 tries a log of a gigabyte. */
const logBytes = Number(process.env['TEST_LOG_BYTES'] ?? 256_000_000);
const mib = 1024 * 1024;

let folder = '';
let pipes: OutputPipes;
let runs = 0;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'output-')));
  pipes = createOutputPipes(join(folder, 'pipes'));
});
afterAll(async () => {
  await pipes.dispose();
  await rm(folder, { recursive: true });
});

async function openLog(path: string, set: PatternSet) {
  const opened = await openLogWriter({ path, redactor: createRedactor(set), clock: Date.now });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

/** Runs a fixture with both outputs logged and stdout followed. */
async function runLogged(set: PatternSet, args: readonly string[], env: Record<string, string> = {}) {
  runs += 1;
  const paths = { stdout: join(folder, `${runs}.stdout`), stderr: join(folder, `${runs}.stderr`) };
  const [stdout, stderr] = [await openLog(paths.stdout, set), await openLog(paths.stderr, set)];
  const mark = `output-${process.pid}-${runs}`;
  const argv = [process.execPath, ...args] as const;
  const spec = { argv, cwd: folder, env, mark, stdin: { kind: 'closed' }, stdout, stderr } as const;
  const started = await startProcess({ clock: Date.now, pipes }, spec);
  if (!started.ok) throw new Error(started.error.message);
  const followed = follow(paths.stdout, stdout);
  const exit = await started.value.exited;
  const summaries = { stdout: await stdout.close(), stderr: await stderr.close() };
  return { exit, paths, summaries, followed: await followed };
}

async function follow(path: string, live: Awaited<ReturnType<typeof openLog>>) {
  const start: Uint8Array[] = [];
  let byteCount = 0;
  for await (const part of followLog({ path, offset: 0, live, signal: new AbortController().signal })) {
    if (byteCount < mib) start.push(Buffer.from(part));
    byteCount += part.length;
  }
  return { byteCount, start: Buffer.concat(start) };
}

/** The largest growth of the memory of this process while something is done. */
async function growthWhile<T>(work: () => Promise<T>): Promise<{ readonly growthBytes: number; readonly value: T }> {
  const before = process.memoryUsage().rss;
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 10);
  const value = await work();
  clearInterval(sampling);
  return { growthBytes: most - before, value };
}

describe('output on its way to a log', () => {
  it('RED-8, PROC-8: a huge log streams to disk and to a follower in bounded memory', async () => {
    const secrets = Array.from({ length: 100 }, (_, index) => ({
      name: `S${index}`,
      value: randomBytes(15).toString('base64'),
    }));
    const set = preparePatterns(formsOfSecrets(secrets));
    await runLogged(set, [fixture('write-bytes.mjs'), 'stdout', '5000000']);
    const startedAt = performance.now();
    const { growthBytes, value } = await growthWhile(() =>
      runLogged(set, [fixture('write-bytes.mjs'), 'stdout', String(logBytes)]),
    );
    const seconds = (performance.now() - startedAt) / 1000;
    console.info(`${(logBytes / 1e6 / seconds).toFixed(0)} MB/s, memory grew by ${(growthBytes / mib).toFixed(0)} MiB`);
    const { summaries, followed, paths } = value;
    expect(summaries.stdout).toMatchObject({ sizeBytes: logBytes, outcome: { kind: 'complete' } });
    expect((await stat(paths.stdout)).size).toBe(logBytes);
    expect(followed.byteCount).toBe(logBytes);
    expect(growthBytes).toBeLessThanOrEqual(64 * mib);
    const lineOffset = summaries.stdout.lineCount - 3;
    const read = await readLogLines({ path: paths.stdout, lineOffset, lineLimit: 2, maxBytes: 1000 });
    expect(Buffer.from(read.ok ? read.value.bytes : []).toString()).toMatch(/^(line \d+ of a long [^\n]*\n){2}$/);
  }, 60_000);

  it.each([1, 7, 4096])(
    'RED-1, RED-2: a secret printed in every encoding, %i bytes at a time, is in no file',
    async (size) => {
      const secret = `p/a+s&s "w\\ö${randomBytes(9).toString('base64')}rd`;
      const forms = formsOfSecrets([{ name: 'SECRET', value: secret }]);
      const { followed, summaries } = await runLogged(
        preparePatterns(forms),
        [fixture('print-secret.mjs'), String(size)],
        {
          SECRET: secret,
        },
      );
      const names = (await readdir(folder)).filter((name) => name.startsWith(`${runs}.`));
      const files = await Promise.all(names.map((name) => readFile(join(folder, name))));
      for (const bytes of [...files, followed.start]) {
        expect(forms.filter((form) => bytes.includes(Buffer.from(form)))).toEqual([]);
        expect(bytes.toString('latin1').match(/^[a-zA-Z0-9 ]+: <.*\[redacted\].*> end$/gm)).toHaveLength(14);
      }
      expect(summaries).toMatchObject({ stdout: { redactions: 14 }, stderr: { redactions: 14 } });
    },
  );
});
