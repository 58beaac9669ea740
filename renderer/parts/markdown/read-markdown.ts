import type { MarkedToken, Token, Tokens } from 'marked';
import { decodeReferences } from './decode-references.ts';
import { lexMarkdown } from './lex-markdown.ts';
import type { Block, Inline, ListItem } from './markdown-blocks.ts';
import { slugger } from './slugger.ts';

/**
 * Markdown as data, never as HTML: what is HTML in it stays text. Null: it is nested so deep that it cannot be read, which
 * nobody writes by hand.
 */
export function readMarkdown(text: string): readonly Block[] | null {
  try {
    return blocksOf(lexMarkdown(text), slugger());
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

type Slug = (heading: string) => string;

const blocksOf = (tokens: readonly Token[], slug: Slug): readonly Block[] =>
  tokens.flatMap((token) => blockOf(token, slug) ?? []);

function blockOf(token: Token, slug: Slug): Block | null {
  if (!isMarked(token)) return { kind: 'raw', text: token.raw };
  switch (token.type) {
    case 'heading':
      return { kind: 'heading', depth: token.depth, slug: slug(token.text), inlines: inlinesOf(token.tokens) };
    case 'code':
      return { kind: 'code', text: token.text };
    case 'blockquote':
      return { kind: 'quote', blocks: blocksOf(token.tokens, slug) };
    case 'list':
      return listOf(token, slug);
    case 'table':
      return {
        kind: 'table',
        head: token.header.map((cell) => inlinesOf(cell.tokens)),
        rows: token.rows.map((row) => row.map((cell) => inlinesOf(cell.tokens))),
      };
    case 'hr':
      return { kind: 'rule' };
    case 'html':
      return { kind: 'raw', text: token.text };
    case 'space':
    case 'def':
    case 'checkbox':
      return null;
    case 'paragraph':
      return { kind: 'paragraph', inlines: inlinesOf(token.tokens) };
    default:
      return { kind: 'paragraph', inlines: inlinesOf([token]) };
  }
}

const listOf = ({ ordered, start, items }: Tokens.List, slug: Slug): Block => ({
  kind: 'list',
  start: ordered ? Number(start) : null,
  items: items.map(
    ({ task, checked, tokens }): ListItem => ({
      isDone: task ? checked === true : null,
      blocks: blocksOf(tokens, slug),
    }),
  ),
});

const inlinesOf = (tokens: readonly Token[]): readonly Inline[] => tokens.flatMap((token) => inlineOf(token) ?? []);

function inlineOf(token: Token): Inline | readonly Inline[] | null {
  if (!isMarked(token)) return { kind: 'text', text: token.raw };
  switch (token.type) {
    case 'text':
      return token.tokens === undefined ? plain(token.text, token.escaped === true) : inlinesOf(token.tokens);
    case 'escape':
      return { kind: 'text', text: token.text };
    case 'codespan':
      return { kind: 'code', text: token.text };
    case 'strong':
      return { kind: 'strong', inlines: inlinesOf(token.tokens) };
    case 'em':
      return { kind: 'emphasis', inlines: inlinesOf(token.tokens) };
    case 'del':
      return { kind: 'deleted', inlines: inlinesOf(token.tokens) };
    case 'link':
      return { kind: 'link', target: decodeReferences(token.href), inlines: inlinesOf(token.tokens) };
    case 'image':
      return { kind: 'image', source: decodeReferences(token.href), text: token.text };
    case 'br':
      return { kind: 'break' };
    case 'checkbox':
      return null;
    default:
      return { kind: 'text', text: token.raw };
  }
}

const plain = (text: string, isLiteral: boolean): Inline => ({
  kind: 'text',
  text: isLiteral ? text : decodeReferences(text),
});

const TYPES: ReadonlySet<string> = new Set<MarkedToken['type']>([
  'blockquote',
  'br',
  'checkbox',
  'code',
  'codespan',
  'def',
  'del',
  'em',
  'escape',
  'heading',
  'hr',
  'html',
  'image',
  'link',
  'list',
  'list_item',
  'paragraph',
  'space',
  'strong',
  'table',
  'text',
]);

/** No extension of the parser is loaded, so every token is one of its own. */
const isMarked = (token: Token): token is MarkedToken => TYPES.has(token.type);
