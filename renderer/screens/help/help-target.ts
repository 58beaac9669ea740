import { type LinkTarget, outsideTarget } from '../../parts/markdown/link-target.ts';

/** Where a link in the document `here` leads: other documents and headings are places of this page. */
export function helpTarget(here: string, target: string): LinkTarget {
  const [, page, anchor = ''] = /^(?:([A-Za-z][\w-]*)\.md)?(?:#(.*))?$/.exec(target) ?? [];
  if (target === '' || (page === undefined && anchor === '')) return outsideTarget(target);
  return { kind: 'inside', path: helpPath(page ?? here, anchor) };
}

/** Below the instance's path. */
export const helpPath = (page: string, slug: string | null): string =>
  `${page === 'README' ? '/help' : `/help/${page}`}${slug === null || slug === '' ? '' : `?at=${encodeURIComponent(slug)}`}`;
