import { escapeHtml } from './escape-html.ts';

/** A sentence of the document as HTML: its backticks are Markdown, which the specification allows in descriptions. */
export const prose = (text: string): string => escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');
