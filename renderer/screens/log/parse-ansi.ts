/** The colours that a line can ask for: eight by name, which our tokens draw, and grey. */
export type AnsiColor = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white' | 'grey';

export const BOLD = 1;
export const DIM = 2;
export const ITALIC = 4;
export const UNDERLINE = 8;
export const STRIKE = 16;
export const INVERSE = 32;
/** The text is a character that cannot be seen, or that turns the order of others round: it is drawn by its name. */
export const SIGN = 64;

/** A piece of a line that looks the same throughout: its text, ink, ground and flags. */
export type Piece = readonly [text: string, ink: AnsiColor | null, ground: AnsiColor | null, flags: number];

interface Style {
  ink: AnsiColor | null;
  ground: AnsiColor | null;
  flags: number;
}

/** Bidirectional controls, zero-width characters, and all controls but the tab. */
const UNSEEN = '\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff';
const SPECIAL = new RegExp(`[\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f${UNSEEN}]`, 'g');
const IS_UNSEEN = new RegExp(`^[${UNSEEN}]$`);

/**
 * A line of output as pieces of text. Of all control sequences only colours and weights (CSI m) mean something; everything
 * else that a terminal would take, terminated or not, is left out, so that nothing of it can be seen or do anything. The
 * time it takes grows with the length of the line alone.
 */
export function parseAnsi(line: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const style: Style = { ink: null, ground: null, flags: 0 };
  let at = 0;
  while (at < line.length) {
    SPECIAL.lastIndex = at;
    const next = SPECIAL.exec(line)?.index ?? line.length;
    if (next > at) pieces.push([line.slice(at, next), style.ink, style.ground, style.flags]);
    if (next === line.length) break;
    const character = line.charAt(next);
    if (IS_UNSEEN.test(character)) pieces.push([character, style.ink, style.ground, style.flags | SIGN]);
    at = afterSpecial(line, next, style);
  }
  return joined(pieces);
}

/** The text of a line without its control sequences, as it is copied. */
export const plainText = (line: string): string =>
  parseAnsi(line)
    .map(([text]) => text)
    .join('');

const CSI = '\u009b';
/** OSC, DCS, SOS, PM, APC: strings that run up to their terminator. */
const STRING_BEGINNINGS: ReadonlySet<string> = new Set(['\u009d', '\u0090', '\u0098', '\u009e', '\u009f']);
const ESCAPED: Readonly<Record<string, string>> = {
  '[': CSI,
  ']': '\u009d',
  P: '\u0090',
  X: '\u0098',
  '^': '\u009e',
  _: '\u009f',
};

/** Where the text goes on after a special character and what belongs to it. */
function afterSpecial(line: string, at: number, style: Style): number {
  const character = line.charAt(at);
  const isEscape = character === ESC;
  const introducer = isEscape ? (ESCAPED[line.charAt(at + 1)] ?? '') : character;
  const from = at + (isEscape ? 2 : 1);
  if (introducer === CSI) return afterCsi(line, from, style);
  if (STRING_BEGINNINGS.has(introducer)) return afterString(line, from);
  return isEscape ? afterEscape(line, at + 1) : at + 1;
}

/** Where the text goes on after characters between two, both included. */
function afterRun(line: string, from: number, [first, last]: readonly [number, number]): number {
  let at = from;
  while (at < line.length && line.charCodeAt(at) >= first && line.charCodeAt(at) <= last) at += 1;
  return at;
}

const PARAMETERS = [0x30, 0x3f] as const;
const INTERMEDIATES = [0x20, 0x2f] as const;

function afterCsi(line: string, from: number, style: Style): number {
  const parametersEnd = afterRun(line, from, PARAMETERS);
  const at = afterRun(line, parametersEnd, INTERMEDIATES);
  const final = line.charAt(at);
  if (final < '@' || final > '~') return at;
  if (final === 'm' && at === parametersEnd) applyColors(style, line.slice(from, at));
  return at + 1;
}

/** An ESC with what is between it and its final character. */
function afterEscape(line: string, from: number): number {
  const at = afterRun(line, from, INTERMEDIATES);
  const final = line.charAt(at);
  return final >= '0' && final <= '~' ? at + 1 : at;
}

const ESC = String.fromCharCode(0x1b);
const BELL = String.fromCharCode(0x07);
const STRING_END = new RegExp(`[${BELL}\u009c]|${ESC}\\\\`, 'g');

/** A string without an end goes on up to the end of the line. */
function afterString(line: string, from: number): number {
  STRING_END.lastIndex = from;
  const end = STRING_END.exec(line);
  return end === null ? line.length : end.index + end[0].length;
}

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const ON: ReadonlyMap<number, number> = new Map([
  [1, BOLD],
  [2, DIM],
  [3, ITALIC],
  [4, UNDERLINE],
  [7, INVERSE],
  [9, STRIKE],
  [21, UNDERLINE],
]);
const OFF: ReadonlyMap<number, number> = new Map([
  [22, BOLD | DIM],
  [23, ITALIC],
  [24, UNDERLINE],
  [27, INVERSE],
  [29, STRIKE],
]);
/** No terminal takes more in one sequence. */
const MOST_CODES = 32;

function applyColors(style: Style, parameters: string): void {
  if (!/^[\d;:]*$/.test(parameters)) return;
  const codes = parameters.split(/[;:]/, MOST_CODES).map(Number);
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { color, used } = extendedColor(codes, at + 1);
      if (code === 38) style.ink = color;
      else style.ground = color;
      at += used;
    } else applyCode(style, code);
  }
}

function applyCode(style: Style, code: number): void {
  if (code === 0) Object.assign(style, { ink: null, ground: null, flags: 0 });
  else if (code === 39) style.ink = null;
  else if (code === 49) style.ground = null;
  else if (code === 90) style.ink = 'grey';
  else if (isIn(code, 30, 37) || isIn(code, 91, 97)) style.ink = NAMES[code % 10] ?? null;
  else if (isIn(code, 40, 47) || isIn(code, 100, 107)) style.ground = NAMES[code % 10] ?? null;
  else style.flags = (style.flags | (ON.get(code) ?? 0)) & ~(OFF.get(code) ?? 0);
}

const isIn = (code: number, first: number, last: number): boolean => code >= first && code <= last;

/** `5;n` of the palette of 256, or `2;r;g;b`. */
function extendedColor(
  codes: readonly number[],
  at: number,
): { readonly color: AnsiColor | null; readonly used: number } {
  if (codes[at] === 5) return { color: paletteColor(codes[at + 1] ?? 0), used: 2 };
  if (codes[at] !== 2) return { color: null, used: 0 };
  const [red = 0, green = 0, blue = 0] = codes.slice(at + 1, at + 4);
  return { color: nearestColor(red, green, blue), used: 4 };
}

function paletteColor(index: number): AnsiColor | null {
  if (index === 8) return 'grey';
  if (index < 16) return NAMES[index % 8] ?? null;
  if (index > 231) return 'grey';
  const cube = index - 16;
  return nearestColor(Math.floor(cube / 36) * 51, (Math.floor(cube / 6) % 6) * 51, (cube % 6) * 51);
}

const HUES = ['red', 'yellow', 'green', 'cyan', 'blue', 'magenta'] as const;

/** By hue: our tokens keep the contrast, which a colour of the program's own would not. */
function nearestColor(red: number, green: number, blue: number): AnsiColor {
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (spread < 40) return most > 170 ? 'white' : 'grey';
  const sector =
    most === red ? (green - blue) / spread : most === green ? 2 + (blue - red) / spread : 4 + (red - green) / spread;
  return HUES[Math.round(sector + 6) % 6] ?? 'grey';
}

/** Neighbours that look alike are one piece. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    const isAlike = last !== undefined && last[1] === piece[1] && last[2] === piece[2] && last[3] === piece[3];
    if (isAlike && (piece[3] & SIGN) === 0)
      result[result.length - 1] = [last[0] + piece[0], piece[1], piece[2], piece[3]];
    else result.push(piece);
  }
  return result;
}
