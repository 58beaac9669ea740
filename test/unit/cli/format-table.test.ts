import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Column, formatTable } from '../../../main/cli/format-table.ts';
import { stepTone } from '../../../main/cli/state-tone.ts';
import { textWidth } from '../../../main/cli/text-width.ts';
import { NO_SCREEN, screenOf } from '../../support/run-cli.ts';

describe('a table that goes into a file or a pipe', () => {
  const columns = [
    { title: 'ID', width: 4 },
    { title: 'STATE', width: 8 },
  ];

  it('keeps its widths and grows with what is in it', () => {
    const rows = [
      ['a-long-id', 'running'],
      ['b', 'ok'],
    ];
    const text = formatTable(NO_SCREEN, columns, rows);
    expect(text).toBe('ID        STATE\n------------------\na-long-id running\nb         ok\n');
  });

  it('has titles without rows', () => {
    expect(formatTable(NO_SCREEN, columns, [])).toBe('ID   STATE\n-------------\n');
  });

  it('lines up what is wide', () => {
    const rows = [
      ['漢字漢字漢', 'x'],
      ['b', 'y'],
    ];
    expect(formatTable(NO_SCREEN, columns, rows)).toContain('\n漢字漢字漢 x\nb          y\n');
  });
});

describe('a table on a screen (CLI-18)', () => {
  const columns: readonly Column[] = [
    { title: 'STEP ID', width: 24 },
    { title: 'TITLE', width: 20, whenNarrow: 'shorten' },
    { title: 'STATE', width: 20, tone: stepTone },
    { title: 'UPDATED', width: 20, whenNarrow: 'leave out' },
  ];
  const rows = [['step-0123456789ab', 'A title that is longer than most of them', 'completed', '2026-11-20 06:37']];
  const rowAt = (width: number, hasColor = false) =>
    formatTable(screenOf(width, hasColor), columns, rows).split('\n')[2];

  it('is as wide as what is in it', () => {
    expect(rowAt(200)).toBe('step-0123456789ab A title that is longer than most of them completed 2026-11-20 06:37');
  });

  it('shortens first, then leaves out, and never touches an id', () => {
    expect(rowAt(80)).toBe('step-0123456789ab A title that is longer than most o… completed 2026-11-20 06:37');
    expect(rowAt(50)).toBe('step-0123456789ab A title that is longe… completed');
    expect(rowAt(30)).toBe('step-0123456789ab A… completed');
  });

  it('colours the word of a state only', () => {
    expect(rowAt(200, true)).toContain(' \x1b[32mcompleted\x1b[0m ');
    expect(formatTable(screenOf(200, true), columns, []).includes('\x1b')).toBe(false);
  });

  it('fits as soon as its ids do', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replace(/\p{C}/gu, ''));
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 160 }),
        fc.array(fc.tuple(cell, cell), { maxLength: 5 }),
        (width, texts) => {
          const filled = texts.map(([title, updated]) => ['step-0123456789ab', title, 'completed', updated]);
          const lines = formatTable(screenOf(width), columns, filled).split('\n');
          expect(lines.filter((line) => textWidth(line) > width)).toEqual([]);
        },
      ),
    );
  });
});
