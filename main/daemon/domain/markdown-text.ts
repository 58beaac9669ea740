/** Each of these ends a line of Markdown. */
export const LINE_END = /\r\n|\r|\n/;

/** A block that looks as it is: nothing in the text ends it. */
export function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestTicks(text) + 1));
  return `${fence}\n${text}\n${fence}`;
}

const MAX_INLINE = 4000;

/** One line of code: nothing in it is Markdown. */
export function inline(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().slice(0, MAX_INLINE);
  const ticks = '`'.repeat(longestTicks(line) + 1);
  return line === '' ? '(nothing)' : `${ticks} ${line} ${ticks}`;
}

const longestTicks = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, ticks) => Math.max(longest, ticks.length), 0);
