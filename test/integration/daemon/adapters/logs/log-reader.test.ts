import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followLog } from '../../../../../main/daemon/adapters/logs/follow-log.ts';
import { readLogBytes, readLogLines } from '../../../../../main/daemon/adapters/logs/log-reader.ts';
import { openLogWriter } from '../../../../../main/daemon/adapters/logs/log-writer.ts';
import { preparePatterns } from '../../../../../main/daemon/domain/redaction/pattern-set.ts';
import { createRedactor } from '../../../../../main/daemon/domain/redaction/redactor.ts';

let folder = '';
let names = 0;
const newPath = () => {
  names += 1;
  return join(folder, `${names}.log`);
};
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'logs-')));
});
afterAll(() => rm(folder, { recursive: true }));

async function openLog(path: string) {
  const redactor = createRedactor(preparePatterns([]));
  const opened = await openLogWriter({ path, redactor, clock: Date.now });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

async function writeLog(text: string): Promise<string> {
  const path = newPath();
  const log = await openLog(path);
  await log.write(Buffer.from(text));
  await log.close();
  return path;
}

const everything = { lineOffset: 0, lineLimit: 1e9, maxBytes: 1e9 };

async function linesOf(path: string, range: Partial<typeof everything>) {
  const read = await readLogLines({ path, ...everything, ...range });
  if (!read.ok) throw new Error(read.error.message);
  const { bytes, offset, isCut } = read.value;
  return { text: Buffer.from(bytes).toString(), offset, isCut };
}

describe('reading bytes', () => {
  it('gives any range, and none behind the end', async () => {
    const path = await writeLog('0123456789');
    const textAt = async (offset: number, limit: number) => {
      const read = await readLogBytes({ path, offset, limit });
      return read.ok ? [Buffer.from(read.value.bytes).toString(), read.value.sizeBytes] : null;
    };
    expect(await textAt(3, 4)).toEqual(['3456', 10]);
    expect(await textAt(8, 100)).toEqual(['89', 10]);
    expect(await textAt(10, 5)).toEqual(['', 10]);
    expect(await textAt(99, 5)).toEqual(['', 10]);
    expect(await readLogBytes({ path: newPath(), offset: 0, limit: 1 })).toMatchObject({
      ok: false,
      error: { code: 'ENOENT' },
    });
  });
});

describe('reading lines', () => {
  it('equals cutting the text at its newlines, with a good, damaged, foreign or missing index', async () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 1, maxLength: 60 });
    const property = fc.asyncProperty(
      lengths,
      fc.boolean(),
      fc.nat(),
      fc.nat(70),
      async (lineLengths, isOpen, from, count) => {
        const lines = lineLengths.map((length, index) => `${index}${'.'.repeat(length)}\n`);
        const text = isOpen ? lines.join('').slice(0, -1) : lines.join('');
        const path = await writeLog(text);
        const range = { lineOffset: from % (lines.length + 2), lineLimit: count };
        const expected = lines.slice(range.lineOffset, range.lineOffset + count).join('');
        const indices = [
          await readFile(`${path}.idx`).catch(() => Buffer.of()),
          Buffer.from('logindx1broken'),
          Buffer.of(),
        ];
        for (const index of indices) {
          await rm(`${path}.idx`, { force: true });
          await writeFile(`${path}.idx`, index);
          const { text: read, isCut } = await linesOf(path, range);
          expect(text.includes(read)).toBe(true);
          expect({ read: read.replace(/\n$/, ''), isCut }).toEqual({ read: expected.replace(/\n$/, ''), isCut: false });
        }
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it('finds a line from the nearest point of the index and not from the start', async () => {
    const text = Array.from({ length: 50_000 }, (_, index) => `line ${index}\n`).join('');
    const path = await writeLog(text);
    expect(await linesOf(path, { lineOffset: 49_998, lineLimit: 1 })).toMatchObject({ text: 'line 49998\n' });
    // The part before the last point is wiped: whoever still finds the line did not read it.
    const wiped = newPath();
    const lastPoint = Math.floor(text.length / 65_536) * 65_536;
    await writeFile(wiped, Buffer.concat([Buffer.alloc(lastPoint), Buffer.from(text).subarray(lastPoint)]));
    await writeFile(`${wiped}.idx`, await readFile(`${path}.idx`));
    expect(await linesOf(wiped, { lineOffset: 49_998, lineLimit: 1 })).toMatchObject({ text: 'line 49998\n' });
  });

  it('does not believe an index that reaches further than its log', async () => {
    const path = await writeLog('x\n'.repeat(200_000));
    const short = newPath();
    await writeFile(short, 'a\nb\nc\n');
    await writeFile(`${short}.idx`, await readFile(`${path}.idx`));
    expect(await linesOf(short, { lineOffset: 1, lineLimit: 1 })).toMatchObject({ text: 'b\n', offset: 2 });
    expect(await linesOf(short, { lineOffset: 150_000 })).toMatchObject({ text: '' });
  });

  it('cuts an answer that would be too long, and says so', async () => {
    const path = await writeLog('first\nsecond line\nthird\n');
    expect(await linesOf(path, { lineOffset: 1, maxBytes: 6 })).toEqual({ text: 'second', offset: 6, isCut: true });
    expect(await linesOf(path, { lineOffset: 1, lineLimit: 1, maxBytes: 12 })).toMatchObject({ isCut: false });
    expect(await linesOf(path, { lineOffset: 2, maxBytes: 6 })).toMatchObject({ text: 'third\n', isCut: false });
    expect(await linesOf(path, { lineLimit: 0 })).toMatchObject({ text: '', isCut: false });
  });
});

describe('following', () => {
  const never = new AbortController().signal;

  it('gives what is there and what comes, byte for byte, and ends with the log', async () => {
    const path = newPath();
    const log = await openLog(path);
    await log.write(Buffer.from('there\n'));
    const follower = followLog({ path, offset: 2, live: log, signal: never });
    expect(Buffer.from((await follower.next()).value ?? []).toString()).toBe('ere\n');
    const next = follower.next();
    await log.write(Buffer.from('comes\n'));
    expect(Buffer.from((await next).value ?? []).toString()).toBe('comes\n');
    const end = follower.next();
    await log.close();
    expect(await end).toEqual({ done: true, value: undefined });
  });

  it('misses nothing of a fast log, also when it reads slowly, and holds nobody up', async () => {
    const path = newPath();
    const log = await openLog(path);
    const parts: Uint8Array[] = [];
    const following = (async () => {
      for await (const part of followLog({ path, offset: 0, live: log, signal: never })) {
        parts.push(Buffer.from(part));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (let index = 0; index < 300; index += 1) await log.write(Buffer.alloc(50_000, `${index} `));
    const { sizeBytes } = await log.close();
    await following;
    expect(parts.reduce((sum, part) => sum + part.length, 0)).toBe(sizeBytes);
    expect(Buffer.concat(parts).equals(await readFile(path))).toBe(true);
  });

  it('comes in one block of memory, in turn', async () => {
    const path = await writeLog('x'.repeat(2_000_000));
    const blocks = new Set<ArrayBufferLike>();
    for await (const part of followLog({ path, offset: 0, live: null, signal: never })) blocks.add(part.buffer);
    expect(blocks.size).toBe(1);
  });

  it('ends when it is no longer wanted', async () => {
    const path = newPath();
    const log = await openLog(path);
    const controller = new AbortController();
    const waiting = followLog({ path, offset: 0, live: log, signal: controller.signal }).next();
    controller.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await log.close();
  });

  it('reads the log of an earlier daemon to its end', async () => {
    const path = await writeLog('x'.repeat(200_000));
    const lengths: number[] = [];
    for await (const part of followLog({ path, offset: 10, live: null, signal: never })) lengths.push(part.length);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(199_990);
  });
});
