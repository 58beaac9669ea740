/** Where a link of a text may lead. `none`: it is shown and leads nowhere. */
export type LinkTarget =
  | { readonly kind: 'outside'; readonly url: string }
  /** Of this page; below the instance's path. */
  | { readonly kind: 'inside'; readonly path: string }
  | { readonly kind: 'heading'; readonly slug: string }
  | { readonly kind: 'none' };

/** Only the web: whatever else a text names as its target (scripts, files, mail, other programs) is not opened from here. */
export function outsideTarget(target: string): LinkTarget {
  if (!/^https?:\/\//i.test(target)) return { kind: 'none' };
  const url = URL.parse(target);
  if (url === null || url.username !== '' || url.password !== '') return { kind: 'none' };
  return { kind: 'outside', url: url.href };
}

/** Pictures are drawn when they are in the text itself; none is fetched. */
export const isDrawnPicture = (source: string): boolean =>
  /^data:image\/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=]+$/.test(source);
