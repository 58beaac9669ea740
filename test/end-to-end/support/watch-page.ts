import type { Page } from 'playwright-core';

/** Something that no page of ours may do. */
export interface Complaint {
  readonly kind: 'console' | 'exception' | 'request to elsewhere' | 'crash';
  readonly text: string;
}

/** Tells of errors in the console (a policy that was violated is one), of exceptions, and of what is asked elsewhere. */
export function watchPage(page: Page, tell: (complaint: Complaint) => void): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content[- ]Security[- ]Policy/i.test(message.text())) {
      tell({ kind: 'console', text: `${message.text()} (${message.location().url})` });
    }
  });
  page.on('pageerror', (error) => tell({ kind: 'exception', text: error.stack ?? error.message }));
  page.on('crash', () => tell({ kind: 'crash', text: page.url() }));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    const isOwn = protocol === 'data:' || protocol === 'blob:' || origin === originOf(page, request.url());
    if (!isOwn) tell({ kind: 'request to elsewhere', text: request.url() });
  });
}

/** Before its first answer a page has no origin yet: what it asks first gives it one. */
function originOf(page: Page, asked: string): string {
  const at = new URL(page.url());
  return at.protocol === 'about:' ? new URL(asked).origin : at.origin;
}
