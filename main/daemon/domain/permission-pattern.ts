/** Whether a pattern covers a text, all of it: `*` is any text, everything else is itself. */
export function matchesText(pattern: string, text: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return text === pattern;
  if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
  const end = text.length - tail.length;
  let reached = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, reached);
    if (found === -1 || found + part.length > end) return false;
    reached = found + part.length;
  }
  return true;
}

/** What a shell begins another command with, puts a value in, or leads output elsewhere by. */
const SHELL_SYNTAX = /([;&|<>()$`\n\r])/;

/**
 * The same for a command that is to be allowed: `*` stands for no text with shell syntax in it, so that `npm test *` does
 * not cover `npm test && rm -rf ~`. What of it stands in the pattern itself has to stand in the same place.
 */
export function isAllowedCommand(pattern: string, command: string): boolean {
  const wanted = pattern.split(SHELL_SYNTAX);
  const given = command.split(SHELL_SYNTAX);
  if (wanted.length !== given.length) return false;
  return wanted.every((part, index) =>
    index % 2 === 0 ? matchesText(part, given[index] ?? '') : part === given[index],
  );
}
