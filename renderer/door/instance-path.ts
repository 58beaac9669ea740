/** The part of the address that names the instance: `/i/<id>` of `/i/<id>/runs`; empty outside of one. */
export const instancePathOf = (pathname: string): string =>
  /^\/i\/[A-Za-z0-9][A-Za-z0-9._-]{0,127}/.exec(pathname)?.[0] ?? '';

/**
 * Where the API of this page's instance is. A daemon serves its own page; in the app one origin serves all instances,
 * each below its own path.
 */
export const apiBaseOf = ({
  protocol,
  origin,
  pathname,
}: Pick<Location, 'protocol' | 'origin' | 'pathname'>): string =>
  protocol === 'app:' ? `${protocol}//ui${instancePathOf(pathname)}` : origin;
