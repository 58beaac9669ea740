/**
 * The code of a one-time link, out of the address's fragment, which no server and no log ever sees. The address loses it
 * at once, so that neither history nor a copied address holds it.
 */
export function takeLinkCode(location: Location, history: History): string | null {
  const code = /^#link=([\w-]{16,128})$/.exec(location.hash)?.[1] ?? null;
  if (location.hash.startsWith('#link=')) history.replaceState(null, '', location.pathname + location.search);
  return code;
}
