import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { type LineSelection, selectLines } from '../../../../../main/daemon/adapters/logs/log-lines.ts';
import { openLogWriter } from '../../../../../main/daemon/adapters/logs/log-writer.ts';
import { preparePatterns } from '../../../../../main/daemon/domain/redaction/pattern-set.ts';
import { createRedactor } from '../../../../../main/daemon/domain/redaction/redactor.ts';
import { successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

/** A log as the daemon writes it, with its index. */
async function writeLog(content: string | Uint8Array): Promise<string> {
  const path = join(temporaryFolder(), 'stdout.log');
  const redactor = createRedactor(preparePatterns([]));
  const writer = successOf(await openLogWriter({ path, redactor, clock: () => 1 }));
  await writer.write(Buffer.from(content));
  await writer.close();
  return path;
}

const select = async (path: string, wanted: Partial<LineSelection> = {}) =>
  successOf(
    await selectLines({ path, text: null, offset: 0, limit: 100, signal: new AbortController().signal, ...wanted }),
  );

const LINES = Array.from({ length: 50_000 }, (_, index) => `line ${index}${index % 1000 === 7 ? ' needle' : ''}`);
/** The index of a closed log is read-only. */
function damageIndex(path: string): void {
  rmSync(`${path}.idx`, { force: true });
  writeFileSync(`${path}.idx`, 'this is no index');
}

const numbersOf = (lines: readonly { readonly number: number }[]) => lines.map(({ number }) => number);

describe('lines of a log', () => {
  it('are counted and read by number, with an index and without', async () => {
    for (const path of [await writeLog(`${LINES.join('\n')}\n`), await writeLog(LINES.join('\n'))]) {
      const page = await select(path, { offset: 41_234, limit: 2 });
      expect([page.total, page.lines.map(({ text }) => text)]).toEqual([50_000, ['line 41234', 'line 41235']]);
      expect(numbersOf(page.lines)).toEqual([41_234, 41_235]);
      damageIndex(path);
      expect(await select(path, { offset: 41_234, limit: 2 })).toEqual(page);
    }
  });

  it('that hold a text are found with their numbers, with an index and without', async () => {
    const path = await writeLog(`${LINES.join('\n')}\n`);
    const page = await select(path, { text: 'needle', offset: 3, limit: 2 });
    expect([page.total, numbersOf(page.lines)]).toEqual([50, [3007, 4007]]);
    expect(page.lines[0]).toEqual({ number: 3007, text: 'line 3007 needle', isCut: false });
    damageIndex(path);
    expect(await select(path, { text: 'needle', offset: 3, limit: 2 })).toEqual(page);
  });

  it('of an empty log are none; a last one without an end is one', async () => {
    expect(await select(await writeLog(''))).toEqual({ total: 0, isComplete: true, lines: [] });
    expect((await select(await writeLog('a\n\nb'))).lines.map(({ text }) => text)).toEqual(['a', '', 'b']);
    expect(await select(await writeLog('a\n'), { offset: 5 })).toMatchObject({ total: 1, lines: [] });
    expect(await select(await writeLog('a\n'), { limit: 0 })).toMatchObject({ total: 1, lines: [] });
  });

  it('are cut when they are too long to be shown, and the next ones are still found', async () => {
    const long = `${'x'.repeat(200_000)}needle${'y'.repeat(200_000)}`;
    const path = await writeLog(`first\n${long}\nlast needle\n`);
    const [first, cut, last] = (await select(path)).lines;
    expect([first?.text, cut?.isCut, cut?.text.length, last?.text]).toEqual(['first', true, 65_536, 'last needle']);
    const found = await select(path, { text: 'needle' });
    expect(numbersOf(found.lines)).toEqual([1, 2]);
    expect([found.lines[0]?.isCut, found.lines[0]?.text.startsWith('needle')]).toEqual([true, true]);
  });

  it('that are together too long are fewer than were asked for', async () => {
    const path = await writeLog(`${'z'.repeat(60_000)}\n`.repeat(100));
    const page = await select(path);
    expect([page.total, page.lines.length < 100, page.lines.length > 50]).toEqual([100, true, true]);
    expect((await select(path, { text: 'z' })).lines.length).toBeLessThan(100);
  });

  it('that are no UTF-8 are shown as far as they are', async () => {
    const path = await writeLog(Buffer.from([0x61, 0xff, 0x62, 0x0a]));
    expect((await select(path, { text: 'b' })).lines).toEqual([{ number: 0, text: 'a\ufffdb', isCut: false }]);
  });
});
