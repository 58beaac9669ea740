import { describe, expect, it } from 'vitest';
import type { Block, Inline } from '../../../../../renderer/parts/markdown/markdown-blocks.ts';
import { readMarkdown } from '../../../../../renderer/parts/markdown/read-markdown.ts';

const read = (text: string): readonly Block[] => readMarkdown(text) ?? [];
const text = (value: string): Inline => ({ kind: 'text', text: value });

describe('readMarkdown', () => {
  it('reads headings with names to lead to, of which no two are the same', () => {
    expect(read('# A b\n\n## A b!\n')).toEqual([
      { kind: 'heading', depth: 1, slug: 'a-b', inlines: [text('A b')] },
      { kind: 'heading', depth: 2, slug: 'a-b-1', inlines: [text('A b!')] },
    ]);
  });

  it('reads what stands inside of a paragraph', () => {
    expect(read('a **b** _c_ ~~d~~ `e<` [f](http://g) &lt;&#65;&copy; \\*')).toEqual([
      {
        kind: 'paragraph',
        inlines: [
          text('a '),
          { kind: 'strong', inlines: [text('b')] },
          text(' '),
          { kind: 'emphasis', inlines: [text('c')] },
          text(' '),
          { kind: 'deleted', inlines: [text('d')] },
          text(' '),
          { kind: 'code', text: 'e<' },
          text(' '),
          { kind: 'link', target: 'http://g', inlines: [text('f')] },
          text(' <A&copy; '),
          text('*'),
        ],
      },
    ]);
  });

  it('reads lists, tasks, tables, quotes, code and rules', () => {
    const kinds = read('- [x] a\n- [ ] b\n\n3. c\n\n| h |\n|---|\n| d |\n\n> q\n\n```js\nx\n```\n\n---\n');
    expect(kinds.map(({ kind }) => kind)).toEqual(['list', 'list', 'table', 'quote', 'code', 'rule']);
    const [tasks, numbered] = kinds;
    expect(tasks?.kind === 'list' && tasks.items.map(({ isDone }) => isDone)).toEqual([true, false]);
    expect(numbered?.kind === 'list' && numbered.start).toBe(3);
  });

  it('knows no names that every object has', () => {
    expect(read('&constructor; &toString;')).toEqual([
      { kind: 'paragraph', inlines: [text('&constructor; &toString;')] },
    ]);
  });

  it('leaves HTML as the text that it is', () => {
    expect(read('<img src=x onerror=alert(1)>\n\na <b onclick=x>b</b>')).toEqual([
      { kind: 'raw', text: '<img src=x onerror=alert(1)>' },
      {
        kind: 'paragraph',
        inlines: [text('a '), text('<b onclick=x>'), text('b'), text('</b>')],
      },
    ]);
  });

  it('leaves a paragraph as it is that has more marks than anybody writes', () => {
    const hostile = '**a_'.repeat(50_000);
    expect(read(`${hostile}\n\n**b**`)).toEqual([
      { kind: 'paragraph', inlines: [text(hostile)] },
      { kind: 'paragraph', inlines: [{ kind: 'strong', inlines: [text('b')] }] },
    ]);
    const many = read(`${'_*'.repeat(100)}\n\n`.repeat(200));
    expect(many.at(-1)).toEqual({ kind: 'paragraph', inlines: [text('_*'.repeat(100))] });
  });

  it('does not fall over what is nested without end', () => {
    expect(() => readMarkdown('> '.repeat(20_000))).not.toThrow();
    expect(() => readMarkdown(`${'['.repeat(20_000)}a`)).not.toThrow();
  });
});
