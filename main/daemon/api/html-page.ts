import { hash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

import { escapeHtml } from './openapi/escape-html.ts';

export interface HtmlPage {
  readonly title: string;
  /** Its policy names the hash of exactly this. */
  readonly style: string;
  /** HTML. */
  readonly body: string;
}

/** A page that runs nothing and loads nothing: its policy lets only its own style in. */
export const sendPage = (reply: FastifyReply, page: HtmlPage): FastifyReply =>
  reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policyFor(page.style))
    .header('referrer-policy', 'no-referrer')
    .send(htmlDocument(page));

const policyFor = (style: string): string =>
  `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const htmlDocument = ({ title, style, body }: HtmlPage): string =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escapeHtml(title)}</title><style>${style}</style></head><body>\n${body}\n</body></html>\n`;
