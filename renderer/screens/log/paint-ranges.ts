/** Marks characters of rows without touching their elements: what React draws stays React's. */
export const SELECTION_HIGHLIGHT = 'log-selection';
export const FOUND_HIGHLIGHT = 'log-found';

/** Where a character of a text that is spread over several text nodes stands. */
function placeIn(element: Element, column: number): { readonly node: Text; readonly offset: number } | null {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = column;
  let last: Text | null = null;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.parentElement?.closest('button') !== null) continue;
    if (left <= node.length) return { node, offset: left };
    left -= node.length;
    last = node;
  }
  return last === null ? null : { node: last, offset: last.length };
}

export function rangeIn(element: Element, from: number, to: number): Range | null {
  const start = placeIn(element, from);
  const end = placeIn(element, to);
  if (start === null || end === null) return null;
  const range = new Range();
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset);
  return range;
}

/** How many characters of an element's text come before a place in it. */
export function columnAt(element: Element, node: Node, offset: number): number {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let column = 0;
  for (let at = walker.nextNode(); at !== null; at = walker.nextNode()) {
    if (at === node) return column + offset;
    column += at.textContent?.length ?? 0;
  }
  return column;
}

/** Every place of a text within an element. */
export function rangesOf(element: Element, text: string): readonly Range[] {
  const whole = element.textContent ?? '';
  const ranges: Range[] = [];
  for (let at = whole.indexOf(text); at !== -1 && ranges.length < 100; at = whole.indexOf(text, at + text.length)) {
    const range = rangeIn(element, at, at + text.length);
    if (range !== null) ranges.push(range);
  }
  return ranges;
}

/** Takes the place of what was marked under that name by the same owner. */
export function paint(name: string, owner: object, ranges: readonly Range[]): void {
  const all = OWNED.get(name) ?? new Map<object, readonly Range[]>();
  OWNED.set(name, all);
  if (ranges.length === 0 && !all.has(owner)) return;
  if (ranges.length === 0) all.delete(owner);
  else all.set(owner, ranges);
  CSS.highlights.set(name, new Highlight(...[...all.values()].flat()));
}

const OWNED = new Map<string, Map<object, readonly Range[]>>();
