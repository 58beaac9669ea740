import { describe, expect, it } from 'vitest';
import { deedOf, lineAfter } from '../../../../../renderer/screens/log/log-keys.ts';
import { newsOf } from '../../../../../renderer/screens/log/use-log-news.ts';

const press = (key: string, more: object = {}) =>
  deedOf({ key, isModified: false, isShifted: false, hasLetterKeys: true, ...more });

describe('keys of a log', () => {
  it('are letters only for who has them on', () => {
    expect([press('f'), press('w'), press('n'), press('l')]).toEqual(['follow', 'wrap', 'next-error', 'copy-link']);
    expect(press('f', { hasLetterKeys: false })).toBeNull();
    expect(press('F3', { hasLetterKeys: false })).toBe('next-hit');
    expect(press('F3', { isShifted: true })).toBe('previous-hit');
    expect(press('x')).toBeNull();
  });

  it('find, copy and select all with Ctrl, and leave the rest of Ctrl alone', () => {
    expect([press('f', { isModified: true }), press('c', { isModified: true })]).toEqual(['find', 'copy']);
    expect(press('a', { isModified: true })).toBe('select-all');
    expect(press('w', { isModified: true })).toBeNull();
    expect(press('c', { isModified: true, isShifted: true })).toBeNull();
  });

  it('move within the log', () => {
    const place = { active: 5, lines: 100, page: 20 };
    const keys = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'x'];
    expect(keys.map((key) => lineAfter(key, place))).toEqual([6, 4, 25, 0, 0, 99, null]);
  });
});

describe('news of a log', () => {
  const lineAt = (index: number) =>
    index > 50 ? null : { text: index === 7 ? 'Error: x' : 'fine', moreBytes: 0, isBeginning: false };

  it('tell how many lines are new, and of errors only when all of them were seen', () => {
    expect(newsOf({ lineAt }, 0, 10)).toBe('10 new lines, 1 error');
    expect(newsOf({ lineAt }, 8, 9)).toBe('1 new line');
    expect(newsOf({ lineAt }, 0, 60)).toBe('60 new lines');
    expect(newsOf({ lineAt }, 0, 1204)).toBe('1,204 new lines');
  });
});
