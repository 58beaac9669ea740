/** Far more than any event of a vendor has, and far less than what overflows the stack of whoever walks through it. */
const MAX_LEVELS = 500;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{`, and what closes them, differ in one bit. */
const CASE_BIT = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/** Whether a line of JSON has lists and objects within each other so deep that reading it could end the daemon. */
export function isNestedTooDeep(line: string): boolean {
  if (line.length <= MAX_LEVELS) return false;
  let levels = 0;
  let isInText = false;
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (isInText && code === BACKSLASH) at += 1;
    else if (code === QUOTE) isInText = !isInText;
    else if (!isInText && (code | CASE_BIT) === OPENING) levels += 1;
    else if (!isInText && (code | CASE_BIT) === CLOSING) levels -= 1;
    if (levels > MAX_LEVELS) return true;
  }
  return false;
}
