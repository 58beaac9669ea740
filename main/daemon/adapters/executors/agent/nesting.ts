/** Far more than any event of a vendor has, and far less than what overflows the stack of whoever walks through it. */
const MAX_LEVELS = 500;

const QUOTE = '"';
const BACKSLASH = 0x5c;
/** `[` and `{`, and what closes them, differ in one bit. */
const CASE_BIT = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/** Whether a line of JSON has lists and objects within each other so deep that reading it could end the daemon. */
export function isNestedTooDeep(line: string): boolean {
  return countUpToMax(line, '[') + countUpToMax(line, '{') > MAX_LEVELS && levelsExceedMax(line);
}

/** Hardly any line has so many, and looking for one character is faster than looking at each. */
function countUpToMax(line: string, sign: string): number {
  let count = 0;
  for (let at = line.indexOf(sign); at !== -1 && count <= MAX_LEVELS; at = line.indexOf(sign, at + 1)) count += 1;
  return count;
}

function levelsExceedMax(line: string): boolean {
  let levels = 0;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === QUOTE) {
      at = endOfText(line, at);
      continue;
    }
    const code = line.charCodeAt(at) | CASE_BIT;
    if (code === OPENING) levels += 1;
    else if (code === CLOSING) levels -= 1;
    if (levels > MAX_LEVELS) return true;
  }
  return false;
}

/** Where the quote is that ends a text, or the end of the line. */
function endOfText(line: string, start: number): number {
  for (let at = line.indexOf(QUOTE, start + 1); at !== -1; at = line.indexOf(QUOTE, at + 1)) {
    let before = at - 1;
    while (line.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((at - before) % 2 === 1) return at;
  }
  return line.length;
}
