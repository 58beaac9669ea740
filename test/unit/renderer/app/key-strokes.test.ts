import { describe, expect, test } from 'vitest';
import {
  formatKeys,
  isCharacterStroke,
  type KeyPress,
  readStroke,
  strokeOf,
} from '../../../../renderer/app/key-strokes.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const KNOWN = new Set(['mod+k', '?', '/', 'g i', 'g r']);

describe('a stroke', () => {
  test.each([
    [press('k', { ctrlKey: true }), 'mod+k'],
    [press('K', { metaKey: true, shiftKey: true }), 'mod+shift+k'],
    [press('?', { shiftKey: true }), '?'],
    [press('g'), 'g'],
    [press('é', { altKey: true }), ''],
    [press('@', { altKey: true, ctrlKey: true }), ''],
    [press('Control', { ctrlKey: true }), ''],
    [press('Dead'), ''],
  ])('of %j is "%s"', (pressed, stroke) => {
    expect(strokeOf(pressed)).toBe(stroke);
  });

  test.each([
    ['g', true],
    ['?', true],
    ['🙂', true],
    ['Enter', false],
    ['mod+k', false],
    ['', false],
  ])('"%s" is typed: %s', (stroke, isTyped) => {
    expect(isCharacterStroke(stroke)).toBe(isTyped);
  });
});

describe('a sequence', () => {
  const begun = { stroke: 'g', atMs: 1000 };

  test('is read stroke by stroke', () => {
    const first = readStroke(KNOWN, null, begun);
    expect(first).toEqual({ keys: null, begun });
    expect(readStroke(KNOWN, first.begun, { stroke: 'i', atMs: 1200 })).toEqual({ keys: 'g i', begun: null });
  });

  test('ends when its second stroke comes late, or is another', () => {
    expect(readStroke(KNOWN, begun, { stroke: 'i', atMs: 2600 })).toEqual({ keys: null, begun: null });
    expect(readStroke(KNOWN, begun, { stroke: 'x', atMs: 1100 })).toEqual({ keys: null, begun: null });
    expect(readStroke(KNOWN, begun, { stroke: '?', atMs: 1100 })).toEqual({ keys: '?', begun: null });
  });

  test('begins anew with its own first stroke', () => {
    const again = { stroke: 'g', atMs: 1100 };
    expect(readStroke(KNOWN, begun, again)).toEqual({ keys: null, begun: again });
  });
});

test.each([
  ['mod+k', false, ['Ctrl+K']],
  ['mod+k', true, ['⌘K']],
  ['mod+shift+p', false, ['Ctrl+Shift+P']],
  ['g i', false, ['g', 'i']],
  ['?', false, ['?']],
  ['', false, []],
])('the keys "%s" are written (Mac: %s) as %j', (keys, isMac, written) => {
  expect(formatKeys(keys, isMac)).toEqual(written);
});
