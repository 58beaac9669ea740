import { describe, expect, test } from 'vitest';
import { findEntries } from '../../../../renderer/app/find-entries.ts';
import { instanceEntries, type PaletteEntry } from '../../../../renderer/app/palette-entries.ts';

const entry = (group: string, label: string, also = ''): PaletteEntry => ({
  id: `${group} ${label}`,
  group,
  label,
  hint: '',
  keys: '',
  also,
  run: () => undefined,
});
const ENTRIES = [
  entry('Needs you', 'Run a command', 'fix-login'),
  entry('Go to', 'Inbox'),
  entry('Go to', 'Runs'),
  entry('Runs', 'fix-login', 'web-shop'),
  entry('Runs', 'prefix-list', 'web-shop'),
];
const found = (query: string, recent: readonly string[] = []) =>
  findEntries({ entries: ENTRIES, query, recent }).map(({ heading, entries }) => [
    heading,
    ...entries.map(({ label }) => label),
  ]);

describe('the palette', () => {
  test('shows everything in its order while nothing is typed, what was used lately first', () => {
    expect(found('')).toEqual([
      ['Needs you', 'Run a command'],
      ['Go to', 'Inbox', 'Runs'],
      ['Runs', 'fix-login', 'prefix-list'],
    ]);
    expect(found('', ['Runs fix-login', 'gone', 'Go to Inbox'])).toEqual([
      ['Recent', 'fix-login', 'Inbox'],
      ['Needs you', 'Run a command'],
      ['Go to', 'Runs'],
      ['Runs', 'prefix-list'],
    ]);
  });

  test('has the beginning of a name before its middle, and both before what stands beside it', () => {
    expect(found('fix')).toEqual([
      ['Runs', 'fix-login', 'prefix-list'],
      ['Needs you', 'Run a command'],
    ]);
  });

  test('wants every word, in any order and any case', () => {
    expect(found('LOGIN shop')).toEqual([['Runs', 'fix-login']]);
    expect(found('login nothing')).toEqual([]);
  });
});

test('other instances are those of this machine without this one; one that ended says so', () => {
  const instance = {
    id: 'i1',
    version: '1',
    repoRoot: 'C:\\code\\web-shop',
    stateDir: '',
    workspaceRoot: '',
    baseUrl: 'http://127.0.0.1:8086',
    executionMode: 'real',
    pid: 1,
    system: 'Windows',
    startedAtMs: 0,
  };
  const opened: string[] = [];
  const entries = instanceEntries(
    [
      { state: 'live', isSelf: true, instance },
      { state: 'live', isSelf: false, instance: { ...instance, id: 'i 2' } },
      { state: 'stale', isSelf: false, instance: { ...instance, id: 'i3' } },
      { state: 'stale', isSelf: false, instance: null },
    ],
    (url) => opened.push(url),
  );
  expect(entries.map(({ label, hint }) => [label, hint])).toEqual([
    ['web-shop', 'C:\\code\\web-shop'],
    ['web-shop', 'does not run'],
  ]);
  const unused = { go: () => {}, open: () => {}, focusFilter: () => {}, prefer: () => {}, copyAddress: () => {} };
  entries[0]?.run({ ...unused, reload: () => {} });
  expect(opened).toEqual(['http://127.0.0.1:8086/i/i%202/']);
});
