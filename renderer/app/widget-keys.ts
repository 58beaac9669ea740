/** A key that acts only in the part of the page that has the focus. The parts handle them; here they are told. */
export interface WidgetKey {
  /** As pressed; several of which each does it. */
  readonly keys: readonly string[];
  readonly label: string;
}

export const WIDGET_KEYS: readonly { readonly scope: string; readonly keys: readonly WidgetKey[] }[] = [
  {
    scope: 'Everywhere',
    keys: [
      { keys: ['Esc'], label: 'Close what lies on top. It never decides anything' },
      { keys: ['Tab', 'Shift+Tab'], label: 'The next part, the one before' },
    ],
  },
  {
    scope: 'Lists and trees',
    keys: [
      { keys: ['↑', '↓', 'j', 'k'], label: 'The row above, below' },
      { keys: ['Home', 'End'], label: 'The first row, the last' },
      { keys: ['←', '→'], label: 'Fold, unfold' },
      { keys: ['Enter'], label: 'Open' },
      { keys: ['x'], label: 'Choose' },
      { keys: ['c'], label: 'Copy the id' },
    ],
  },
  {
    scope: 'Inbox',
    keys: [
      { keys: ['n', 'p'], label: 'The next gate that waits, the one before' },
      { keys: ['a'], label: 'Go to the button that approves. Enter presses it' },
      { keys: ['r'], label: 'Open the reason for a no' },
      { keys: ['o'], label: 'Open the step' },
      { keys: ['n', 'p'], label: 'The next one that waits, the one before' },
    ],
  },
  {
    scope: 'Log',
    keys: [
      { keys: ['f'], label: 'Follow the end' },
      { keys: ['w'], label: 'Wrap lines' },
      { keys: ['Enter'], label: 'Open a line that is too long for its row' },
      { keys: ['Ctrl+C', 'Ctrl+A'], label: 'Copy what is selected, select all' },
      { keys: ['Ctrl+F', 'F3'], label: 'Search, next hit' },
      { keys: ['n', 'p'], label: 'The next error, the one before' },
      { keys: ['l'], label: 'Copy a link to the line' },
    ],
  },
  {
    scope: 'Changes',
    keys: [
      { keys: ['n', 'p'], label: 'The next change, the one before' },
      { keys: ['N', 'P'], label: 'The next file, the one before' },
      { keys: ['u'], label: 'Unified or side by side' },
      { keys: ['v'], label: 'Mark as viewed' },
      { keys: ['e'], label: 'Expand' },
      { keys: ['m'], label: 'Comment on the change, or on the file' },
    ],
  },
  { scope: 'Terminal', keys: [{ keys: ['Ctrl+Shift+↑'], label: 'Leave it' }] },
];
