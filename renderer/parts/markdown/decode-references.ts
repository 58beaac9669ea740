import { ownEntry } from '../../words/own-entry.ts';

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' };

/** `&lt;` and `&#60;` as what they stand for. Names beyond the few that people write stay as they are. */
export const decodeReferences = (text: string): string =>
  text.replace(
    /&(\w+|#\d{1,7}|#[xX][\da-fA-F]{1,6});/g,
    (whole, name: string) => (name.startsWith('#') ? characterOf(name.slice(1)) : ownEntry(NAMED, name)) ?? whole,
  );

function characterOf(code: string): string | undefined {
  const point = /^x/i.test(code) ? Number.parseInt(code.slice(1), 16) : Number(code);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}
