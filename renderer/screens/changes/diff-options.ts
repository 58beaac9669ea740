import type { CSSProperties } from 'react';

/** High contrast, because their words stay legible on the grounds of added and deleted lines, too. */
const THEME = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } as const;

/** Two workers: more would take the processor away from the page. */
export const DIFF_POOL = {
  workerFactory: () => new Worker(new URL('./diff-worker.ts', import.meta.url), { type: 'module' }),
  poolSize: 2,
};

/** Colours of longer lines cost more than they tell. */
export const HIGHLIGHTER = { theme: THEME, tokenizeMaxLineLength: 1000 };

export const HEAD_HEIGHT = 36;
const LINE_HEIGHT = 18;

/**
 * Grounds of our tokens as they are, which the view would mix with that of the page; lines that are chosen keep theirs,
 * so that their words stay legible, and have a bar.
 */
const OWN_LOOK = `
[data-line-type] { --mix-light: 0%; --mix-dark: 0%; --mix-selection-light: 100%; --mix-selection-dark: 100%; }
[data-line][data-selected-line] { box-shadow: inset 3px 0 0 var(--accent); }
`;

export const DIFF_OPTIONS = {
  theme: THEME,
  enableLineSelection: true,
  enableGutterUtility: true,
  stickyHeaders: true,
  diffIndicators: 'classic',
  hunkSeparators: 'line-info-basic',
  lineDiffType: 'word-alt',
  overflow: 'scroll',
  tokenizeMaxLength: 5000,
  tokenizeMaxLineLength: 1000,
  itemMetrics: { lineHeight: LINE_HEIGHT, diffHeaderHeight: HEAD_HEIGHT },
  unsafeCSS: OWN_LOOK,
  layout: { paddingTop: 0, paddingBottom: 64, gap: 8 },
} as const;

/** The view draws in a shadow tree; our tokens reach into it as properties. */
export const DIFF_STYLE: CSSProperties & Readonly<Record<`--${string}`, string>> = {
  '--diffs-font-family': 'var(--font-mono)',
  '--diffs-font-size': '12px',
  '--diffs-line-height': `${LINE_HEIGHT}px`,
  '--diffs-light-bg': 'var(--panel)',
  '--diffs-dark-bg': 'var(--panel)',
  '--diffs-bg-context-override': 'var(--panel)',
  '--diffs-bg-context-gutter-override': 'var(--sunken)',
  '--diffs-bg-separator-override': 'var(--sunken)',
  '--diffs-bg-buffer-override': 'var(--sunken)',
  '--diffs-fg-number-override': 'var(--ink-3)',
  '--diffs-fg-number-addition-override': 'var(--done)',
  '--diffs-fg-number-deletion-override': 'var(--fail)',
  '--diffs-addition-color-override': 'var(--done)',
  '--diffs-deletion-color-override': 'var(--fail)',
  '--diffs-modified-color-override': 'var(--accent)',
  '--diffs-bg-addition-override': 'var(--add)',
  '--diffs-bg-deletion-override': 'var(--del)',
  '--diffs-bg-addition-number-override': 'var(--add)',
  '--diffs-bg-deletion-number-override': 'var(--del)',
  '--diffs-bg-selection-number-override': 'var(--selected)',
  '--diffs-selection-number-fg': 'var(--ink)',
  '--diffs-bg-addition-emphasis-override': 'var(--add-word)',
  '--diffs-bg-deletion-emphasis-override': 'var(--del-word)',
};
