import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAnswer } from '../../support/http-request.ts';
import { LINE_BYTES, numberedLines } from '../../support/numbered-lines.ts';
import { watchPeakMemory } from '../../support/peak-memory.ts';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';

const MEGABYTE = 1024 * 1024;
const LOG_BYTES = Number(process.env['CODENCER_TEST_LOG_MB'] ?? 200) * MEGABYTE;
const MAX_GROWTH_MB = 64;
const LONG_MS = 60_000 + (LOG_BYTES / MEGABYTE) * 500;
const PROGRAM = join(import.meta.dirname, '../../fixtures/programs/print-numbered-lines.mjs');

describe(`a log of ${LOG_BYTES / MEGABYTE} MB`, { timeout: LONG_MS }, () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon;
  let client: ReturnType<typeof createTaskClient>;
  let logs: string;

  beforeAll(async () => {
    repository = createRepository();
    const env = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`TOKEN_${index}`, `secret-value-${index}`]),
    );
    daemon = await startTestDaemon({ repoRoot: repository.root, env });
    client = createTaskClient(daemon);
    await client.startRun('logs');
    await client.run('logs', print(MEGABYTE));
  }, LONG_MS);
  afterAll(async () => {
    await daemon.stop();
    repository.remove();
  });

  const print = (bytes: number) => command(`exec '${process.execPath}' '${PROGRAM}' ${bytes}`);

  const open = (query: string): Promise<IncomingMessage> =>
    openAnswer({ port: daemon.port, path: `${logs}?${query}`, headers: { authorization: `Bearer ${daemon.token}` } });

  it('reaches followers and the disk whole, in bounded memory, whoever does not read', async () => {
    const memory = watchPeakMemory(daemon.pid);
    const startedAt = performance.now();
    const step = await client.submit('logs', print(LOG_BYTES));
    logs = `/api/v1/steps/${step.id}/logs`;
    await expect.poll(async () => (await client.step(step.id)).state, { interval: 5 }).not.toBe('pending');
    const idle = await open('follow=1');
    const offset = LINE_BYTES * 1000 + 7;
    const [whole, part] = await Promise.all([open('follow=1'), open(`follow=1&offset=${offset}`)]);
    const followers = [readNumbered(whole, 0), readNumbered(part, offset)];
    await client.wait(step.id, LONG_MS);
    const seconds = (performance.now() - startedAt) / 1000;
    const growthMb = memory.growthMb();
    console.log(
      `${LOG_BYTES / MEGABYTE} MB in ${seconds.toFixed(1)} s, memory of the daemon grew by ${growthMb.toFixed(1)} MB`,
    );
    expect((await client.result(step.id)).state).toBe('completed');
    expect(await Promise.all(followers)).toEqual([LOG_BYTES, LOG_BYTES]);
    expect(growthMb).toBeLessThanOrEqual(MAX_GROWTH_MB);
    expect(await readNumbered(idle, 0)).toBe(LOG_BYTES);
  });

  it('is read from any byte on', async () => {
    for (const [offset, limit] of rangesOf(LOG_BYTES)) {
      const part = await open(`offset=${offset}&limit=${limit}`);
      expect(part.headers['x-codencer-log-bytes']).toBe(String(LOG_BYTES));
      const end = await readNumbered(part, offset);
      expect(end).toBe(Math.max(offset, Math.min(LOG_BYTES, offset + limit)));
    }
  });

  it('HTTP-45: is searched in bounded memory, while others are answered', async () => {
    const memory = watchPeakMemory(daemon.pid);
    const lineCount = Math.ceil(LOG_BYTES / LINE_BYTES);
    const find = async (query: string) => (await daemon.request('GET', `${logs}?format=json&${query}`)).json;
    const startedAt = performance.now();
    const searching = Promise.all([find('q=01234567%20'), find('q=all%20work&line_offset=500000&limit=3'), find('')]);
    let slowestMs = 0;
    let isSearching = true;
    void searching.finally(() => {
      isSearching = false;
    });
    while (isSearching) {
      const askedAt = performance.now();
      await daemon.request('GET', '/api/v1/runs/logs');
      slowestMs = Math.max(slowestMs, performance.now() - askedAt);
    }
    const [one, every, first] = await searching;
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`searched in ${seconds} s, others waited up to ${slowestMs.toFixed(0)} ms`);
    expect(one).toMatchObject({ complete: true, total: lineCount > 1_234_567 ? 1 : 0 });
    expect(every).toMatchObject({ total: lineCount, returned: 3, numbers: [500_000, 500_001, 500_002] });
    expect(first).toMatchObject({ total: lineCount, returned: 1000 });
    expect(slowestMs).toBeLessThan(1000);
    expect(memory.growthMb()).toBeLessThanOrEqual(MAX_GROWTH_MB);
  });

  it('is served whole in bounded memory, to a reader that takes its time too', async () => {
    const memory = watchPeakMemory(daemon.pid);
    const idle = await open('offset=0');
    expect(await readNumbered(await open(''), 0)).toBe(LOG_BYTES);
    expect(memory.growthMb()).toBeLessThanOrEqual(MAX_GROWTH_MB);
    expect(await readNumbered(idle, 0)).toBe(LOG_BYTES);
  });
});

const rangesOf = (size: number): readonly (readonly [number, number])[] => [
  [0, 1],
  [Math.floor(size / 2) + 13, 100_000],
  [Math.floor(size / 3), MEGABYTE],
  [size - 10, 10],
  [size - 10, 1000],
  [size, 10],
  [size + 1000, 10],
];

/** Compares every byte with what has to stand there, and answers where the text ended. */
async function readNumbered(answer: IncomingMessage, from: number): Promise<number> {
  let position = from;
  for await (const chunk of answer) {
    const bytes = Buffer.from(chunk);
    if (!bytes.equals(numberedLines(position, position + bytes.length))) {
      throw new Error(`not what was printed: between byte ${position} and ${position + bytes.length}`);
    }
    position += bytes.length;
  }
  return position;
}
