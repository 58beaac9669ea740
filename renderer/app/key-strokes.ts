/** The part of a keyboard event that says what was pressed. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** `mod+k`, `?`, `g`; empty for what no command may have: with Alt, or a modifier alone. */
export function strokeOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  if (altKey || MODIFIERS.has(key)) return '';
  const isModified = ctrlKey || metaKey;
  if (!isModified) return key;
  return `mod+${shiftKey ? 'shift+' : ''}${key.toLowerCase()}`;
}

const MODIFIERS: ReadonlySet<string> = new Set(['Control', 'Meta', 'Shift', 'Alt', 'AltGraph', 'Dead', 'Process']);

/** Needs no modifier: it would be typed where text is typed, and is off for those who dictate. */
export const isCharacterStroke = (stroke: string): boolean => /^.$/u.test(stroke);

/** The first stroke of a sequence, and when it was pressed. */
export interface Begun {
  readonly stroke: string;
  readonly atMs: number;
}

const TOGETHER_MS = 1500;

export interface Reading {
  /** What was pressed whole; null: nothing yet, or nothing at all. */
  readonly keys: string | null;
  readonly begun: Begun | null;
}

/** What a stroke comes to, after what was begun before it. `known`: every sequence there is. */
export function readStroke(known: ReadonlySet<string>, begun: Begun | null, pressed: Begun): Reading {
  const isInTime = begun !== null && pressed.atMs - begun.atMs <= TOGETHER_MS;
  const sequence = isInTime ? `${begun.stroke} ${pressed.stroke}` : '';
  if (known.has(sequence)) return { keys: sequence, begun: null };
  if (known.has(pressed.stroke)) return { keys: pressed.stroke, begun: null };
  const isBeginning = [...known].some((keys) => keys.startsWith(`${pressed.stroke} `));
  return { keys: null, begun: isBeginning ? pressed : null };
}

/** `Ctrl+K`, `⌘K`; the strokes of `g i` one after the other. */
export const formatKeys = (keys: string, isMac: boolean): readonly string[] =>
  keys
    .split(' ')
    .filter((stroke) => stroke !== '')
    .map((stroke) => formatStroke(stroke, isMac));

function formatStroke(stroke: string, isMac: boolean): string {
  const parts = stroke === '+' ? ['+'] : stroke.split('+');
  const last = parts.at(-1) ?? '';
  const named = parts.length > 1 ? last.toUpperCase() : last;
  const modifiers = parts.slice(0, -1).map((part) => (part === 'mod' ? (isMac ? '⌘' : 'Ctrl') : isMac ? '⇧' : 'Shift'));
  return [...modifiers, named].join(isMac ? '' : '+');
}
