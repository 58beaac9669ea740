import { Marked, type RendererObject } from 'marked';

import { escapeHtml } from '../openapi/escape-html.ts';
import { helpPath } from './help-path.ts';

/** Markdown as HTML: headings can be linked to, links between pages lead to where pages are served. */
export function renderMarkdown(markdown: string): string {
  const marked = new Marked({ renderer: rendererOf(new Map()) });
  return marked.parse(markdown, { async: false });
}

/** `seen`: how often a heading was there before. Of two that are the same the second gets a number, as on GitHub. */
const rendererOf = (seen: Map<string, number>): RendererObject => ({
  heading({ tokens, depth, text }) {
    const slug = slugOf(text);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    const id = escapeHtml(count === 0 ? slug : `${slug}-${count}`);
    return `<h${depth} id="${id}">${this.parser.parseInline(tokens)} <a class="anchor" href="#${id}" aria-label="Link to this part">#</a></h${depth}>\n`;
  },
  link({ href, tokens }) {
    return `<a href="${escapeHtml(servedAt(href))}">${this.parser.parseInline(tokens)}</a>`;
  },
  /** Comments are for who writes the documents; other HTML is shown as it is written. */
  html: ({ text }) => (text.trimStart().startsWith('<!--') ? '' : escapeHtml(text)),
});

/** As GitHub makes them. */
const slugOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

function servedAt(href: string): string {
  const [, name, anchor = ''] = /^([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
  return name === undefined ? href : `${helpPath(name)}${anchor}`;
}
