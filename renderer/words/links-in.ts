/** An address in a text: where it stands, and where it leads. */
export interface FoundLink {
  readonly from: number;
  /** Behind its last character. */
  readonly to: number;
  readonly target: string;
}

/** Only characters that look like what they are: nobody is led elsewhere by a letter that looks like another. */
const ADDRESS = /https?:\/\/[\w!#$%&()*+,./:;=?@[\]~-]{1,2000}/g;

/** Where `http` and `https` addresses stand in a text; what else would lead somewhere is none. */
export function linksIn(text: string): readonly FoundLink[] {
  const links: FoundLink[] = [];
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutEnding(match[0]);
    const target = URL.parse(address);
    if (target !== null && target.hostname !== '') {
      links.push({ from: match.index, to: match.index + address.length, target: target.href });
    }
  }
  return links;
}

/** Without what belongs to the sentence around it. A bracket belongs to the address when it was opened there. */
function withoutEnding(address: string): string {
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1);
    const isOpened = (last === ')' && hasOpen(address.slice(0, end), '(', ')')) || last === '/';
    if (isOpened || !/[.,;:!?)\]*]/.test(last)) break;
  }
  return address.slice(0, end);
}

const hasOpen = (text: string, open: string, close: string): boolean =>
  text.split(open).length >= text.split(close).length;

/** Whether an address may be opened at all: of the web, and of nothing else. */
export function webTarget(address: string): string | null {
  const target = URL.parse(address);
  const isWeb = target !== null && (target.protocol === 'https:' || target.protocol === 'http:');
  return isWeb && target.hostname !== '' ? target.href : null;
}
