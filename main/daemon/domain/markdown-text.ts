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

/**
 * Text that stays Markdown and does nothing: no HTML, no link, no picture that a viewer would fetch, no definition of either.
 * `before` is the character that the text goes on from.
 */
export const inert = (text: string, before = ''): string =>
  text.replace(/[<[(:]/g, (sign, at: number) => {
    const isActive = sign === '<' || BEFORE_ACTIVE[sign] === (at === 0 ? before : text[at - 1]);
    return isActive ? `&#${sign.charCodeAt(0)};` : sign;
  });

/** `![`, `](` and `]:`: an entity in place of the second one is a sign and no syntax (CommonMark 6.2). */
const BEFORE_ACTIVE: Readonly<Record<string, string>> = { '[': '!', '(': ']', ':': ']' };
