import { describe, expect, test } from 'vitest';
import { COMMANDS, type PageActions } from '../../../../renderer/app/commands.ts';
import { mayAct } from '../../../../renderer/app/key-place.ts';
import { isCharacterStroke } from '../../../../renderer/app/key-strokes.ts';
import { NAVIGATION } from '../../../../renderer/app/navigation.ts';
import { WIDGET_KEYS } from '../../../../renderer/app/widget-keys.ts';

/** What browsers, input methods and screen readers have for themselves. */
const TAKEN = /^mod\+(shift\+[ntwp]|[ntwl0-9])$|^(F7|F11|F12|Insert|CapsLock)$/;

function recordingPage() {
  const done: string[] = [];
  const page: PageActions = {
    go: (path) => void done.push(`go ${path}`),
    open: (layer) => void done.push(`open ${layer}`),
    focusFilter: () => void done.push('filter'),
    prefer: (change) => void done.push(`prefer ${JSON.stringify(change)}`),
    copyAddress: () => void done.push('copy'),
    reload: () => void done.push('reload'),
  };
  return { done, page };
}

describe('the commands', () => {
  test('have ids and keys of their own', () => {
    expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length);
    const keys = COMMANDS.map((command) => command.keys).filter((one) => one !== '');
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('take no key that belongs to a browser', () => {
    expect(COMMANDS.filter(({ keys }) => keys.split(' ').some((stroke) => TAKEN.test(stroke)))).toEqual([]);
  });

  test('lead to every screen of the navigation', () => {
    const { done, page } = recordingPage();
    for (const command of COMMANDS.filter(({ group }) => group === 'Go to')) command.run(page);
    expect(done).toEqual(NAVIGATION.map(({ path }) => `go ${path}`));
  });

  test('each do one thing', () => {
    for (const command of COMMANDS) {
      const { done, page } = recordingPage();
      command.run(page);
      expect(done, command.id).toHaveLength(1);
    }
  });

  test('none of a widget begins a sequence of the page', () => {
    const widgetKeys = WIDGET_KEYS.flatMap(({ keys }) => keys.flatMap((one) => one.keys));
    expect(widgetKeys).not.toContain('g');
  });
});

describe('a key', () => {
  test.each([
    ['mod+k', 'page', true],
    ['mod+k', 'text', true],
    ['mod+k', 'terminal', false],
    ['mod+k', 'layer', false],
    ['?', 'page', true],
    ['?', 'text', false],
    ['g', 'terminal', false],
    ['', 'page', false],
  ] as const)('"%s" in the %s acts: %s', (stroke, place, acts) => {
    expect(mayAct(stroke, place, true)).toBe(acts);
  });

  test('that is a letter does nothing for who has switched letters off', () => {
    for (const stroke of ['g', '?', '/']) expect(mayAct(stroke, 'page', false)).toBe(false);
    expect(mayAct('mod+k', 'page', false)).toBe(true);
    expect(isCharacterStroke('mod+k')).toBe(false);
  });
});
