import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf } from './imports.ts';
import { listFiles, PRODUCT_FOLDERS, readSources } from './source-tree.ts';

export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

/** What npm has written down about one installed package. */
interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}
type Lock = Readonly<Record<string, Locked>>;

/** Every package of others whose code or files a user gets: what the sources import, and what that depends on. */
export function shippedPackages(root: string): readonly ShippedPackage[] {
  const { packages: lock }: { readonly packages: Lock } = JSON.parse(read(root, 'package-lock.json'));
  const places = new Set<string>();
  const waiting = importedPackages(root).map((name) => ({ name, from: '' }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const place = placeOf(next, lock);
    if (place === null || places.has(place)) continue;
    places.add(place);
    const needed = Object.keys(lock[place]?.dependencies ?? {});
    waiting.push(...needed.map((name) => ({ name, from: place })));
  }
  return [...places].sort().map((place) => describe(place, lock[place] ?? {}));
}

const describe = (place: string, { version = '', license = 'not stated' }: Locked): ShippedPackage => ({
  name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
  version,
  licence: license,
});

/** Node looks beside the one that asks, and then in each folder above it. */
function placeOf({ name, from }: { readonly name: string; readonly from: string }, lock: Lock): string | null {
  const place = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (lock[place] !== undefined) return place;
  const above = from.lastIndexOf('/node_modules/');
  return from === '' ? null : placeOf({ name, from: above === -1 ? '' : from.slice(0, above) }, lock);
}

/** Node itself comes along as an optional package and is imported by nobody. */
function importedPackages(root: string): readonly string[] {
  const manifest: { readonly optionalDependencies?: object } = JSON.parse(read(root, 'package.json'));
  const imports = readSources(root, PRODUCT_FOLDERS).flatMap(importsOf);
  const inScripts = imports.filter(({ kind, isTypeOnly }) => kind === 'package' && !isTypeOnly);
  const inStyles = listFiles(root, PRODUCT_FOLDERS, /\.css$/).flatMap((path) => packagesInStyle(read(root, path)));
  const names = [...inScripts.map(({ target }) => target), ...inStyles];
  return [...new Set([...names, ...Object.keys(manifest.optionalDependencies ?? {})])];
}

const packagesInStyle = (css: string): readonly string[] =>
  [...css.matchAll(/@import\s+["']((?:@[\w.-]+\/)?[\w-][\w.-]*)/g)].map(([, name = '']) => name);

const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');
