import type { HtmlPage } from '../html-page.ts';
import { escapeHtml } from '../openapi/escape-html.ts';
import { type ContentsEntry, readContents } from './contents.ts';
import { helpPath } from './help-path.ts';
import { HELP_STYLE } from './help-style.ts';

export interface HelpSource {
  /** Of the page, without ending. */
  readonly name: string;
  readonly markdown: string;
  /** The page that lists all others. */
  readonly index: string;
}

/** A document as a page: what there is on top, then the document, then the way on. */
export async function helpPage({ name, markdown, index }: HelpSource): Promise<HtmlPage> {
  const { renderMarkdown } = await import('./render-markdown.ts');
  const contents = readContents(index);
  const at = contents.findIndex((entry) => entry.name === name);
  const title = contents[at]?.title ?? /^# (.*)$/m.exec(markdown)?.[1] ?? name;
  const body = [
    `<nav>${contents.map((entry) => linkTo(entry, entry.name === name)).join('\n')}</nav>`,
    `<main>\n${renderMarkdown(markdown)}</main>`,
    `<footer>${wayOn('←', contents[at - 1])} ${wayOn('→', contents[at + 1])}</footer>`,
  ];
  return { title: `${title} · Codencer`, style: HELP_STYLE, body: body.join('\n') };
}

const linkTo = ({ name, title }: ContentsEntry, isHere: boolean): string =>
  `<a href="${helpPath(name)}"${isHere ? ' aria-current="page"' : ''}>${escapeHtml(title)}</a>`;

const wayOn = (arrow: string, entry: ContentsEntry | undefined): string =>
  entry === undefined ? '<span></span>' : `<span>${arrow} ${linkTo(entry, false)}</span>`;
