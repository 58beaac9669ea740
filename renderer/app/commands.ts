import type { Layer } from './layers.ts';
import { NAVIGATION } from './navigation.ts';
import type { Preferences } from './preferences.ts';

/** What a command can do to the page. */
export interface PageActions {
  /** Below the instance's path. */
  readonly go: (path: string) => void;
  readonly open: (layer: Layer) => void;
  readonly focusFilter: () => void;
  readonly prefer: (change: Partial<Omit<Preferences, 'change'>>) => void;
  readonly copyAddress: () => void;
  readonly reload: () => void;
}

export type CommandGroup = 'Go to' | 'This page' | 'Appearance';

/** Something that can be done from everywhere: the handler of keys, the palette and the list of keys read this. */
export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  readonly label: string;
  /** Strokes one after the other: `mod+k`, `g i`; empty: it has none. */
  readonly keys: string;
  readonly run: (page: PageActions) => void;
}

const SCREENS: readonly Command[] = NAVIGATION.map(({ path, label, letter }) => ({
  id: `go ${path}`,
  group: 'Go to',
  label,
  keys: letter === undefined ? '' : `g ${letter}`,
  run: (page) => page.go(path),
}));

const PAGE: readonly Command[] = [
  {
    id: 'palette',
    group: 'This page',
    label: 'Search, or give a command',
    keys: 'mod+k',
    run: (page) => page.open('palette'),
  },
  { id: 'keys', group: 'This page', label: 'Show all keys', keys: '?', run: (page) => page.open('keys') },
  { id: 'filter', group: 'This page', label: 'Filter this screen', keys: '/', run: (page) => page.focusFilter() },
  {
    id: 'instances',
    group: 'This page',
    label: 'Other instances on this machine',
    keys: '',
    run: (page) => page.open('instances'),
  },
  { id: 'copy-address', group: 'This page', label: 'Copy address', keys: '', run: (page) => page.copyAddress() },
  { id: 'reload', group: 'This page', label: 'Reload this page', keys: '', run: (page) => page.reload() },
];

const preference = (id: string, label: string, change: Partial<Omit<Preferences, 'change'>>): Command => ({
  id,
  group: 'Appearance',
  label,
  keys: '',
  run: (page) => page.prefer(change),
});

const APPEARANCE: readonly Command[] = [
  preference('theme-system', 'Theme of the system', { theme: 'system' }),
  preference('theme-light', 'Light theme', { theme: 'light' }),
  preference('theme-dark', 'Dark theme', { theme: 'dark' }),
  preference('contrast-more', 'More contrast', { contrast: 'more' }),
  preference('contrast-normal', 'Normal contrast', { contrast: 'normal' }),
  preference('contrast-system', 'Contrast of the system', { contrast: 'system' }),
  preference('density-compact', 'Compact rows', { density: 'compact' }),
  preference('density-comfortable', 'Comfortable rows', { density: 'comfortable' }),
  preference('times-exact', 'Exact times', { showsExactTimes: true }),
  preference('times-relative', 'Times as ages', { showsExactTimes: false }),
  preference('letters-off', 'Letter keys off', { hasLetterKeys: false }),
  preference('letters-on', 'Letter keys on', { hasLetterKeys: true }),
];

export const COMMANDS: readonly Command[] = [...SCREENS, ...PAGE, ...APPEARANCE];
