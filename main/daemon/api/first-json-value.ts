/** Deeper than any task is; a bound for everything that walks the value later. */
const MAX_DEPTH = 100;
/** Many times what a task can hold. Judging a value takes a thousand times what parsing it takes. */
const MAX_VALUES = 50_000;

export type JsonExtent =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-deep' | 'too-many'; readonly limit: number };

/**
 * The first JSON value of a text, as the inherited decoder reads it: whatever follows is none of its business. Only
 * finds where the value ends; whether it is JSON is the parser's to say.
 */
export function firstJsonValue(text: string): JsonExtent {
  const start = text.search(/[^ \t\r\n]/);
  if (start === -1) return { kind: 'empty' };
  const isNested = text[start] === '{' || text[start] === '[';
  if (!isNested)
    return { kind: 'value', text: /^("(?:[^"\\]|\\.)*"?|[^\s,:{}[\]"]+|.)/s.exec(text.slice(start))?.[0] ?? '' };
  return endOfNested(text, start);
}

const STRUCTURE = /["{}[\],]/g;

function endOfNested(text: string, start: number): JsonExtent {
  let depth = 0;
  let values = 1;
  STRUCTURE.lastIndex = start;
  for (let match = STRUCTURE.exec(text); match !== null; match = STRUCTURE.exec(text)) {
    const [character] = match;
    if (character === '"') STRUCTURE.lastIndex = endOfString(text, match.index);
    else if (character === ',') values += 1;
    else if (character === '{' || character === '[') {
      depth += 1;
      values += 1;
    } else depth -= 1;
    if (values > MAX_VALUES) return { kind: 'too-many', limit: MAX_VALUES };
    if (depth > MAX_DEPTH) return { kind: 'too-deep', limit: MAX_DEPTH };
    if (depth === 0) return { kind: 'value', text: text.slice(start, STRUCTURE.lastIndex) };
  }
  return { kind: 'value', text: text.slice(start) };
}

/** The index after the closing quote, or the end of the text when there is none. */
function endOfString(text: string, opening: number): number {
  let end = opening + 1;
  for (;;) {
    const quote = text.indexOf('"', end);
    if (quote === -1) return text.length;
    if (!isEscaped(text, quote)) return quote + 1;
    end = quote + 1;
  }
}

function isEscaped(text: string, index: number): boolean {
  let first = index;
  while (text[first - 1] === '\\') first -= 1;
  return (index - first) % 2 === 1;
}
