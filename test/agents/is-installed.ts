import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Lock = z.looseObject({
  packages: z.record(z.string(), z.looseObject({ version: z.string().optional(), optional: z.boolean().optional() })),
});
type Packages = z.infer<typeof Lock>['packages'];

/**
 * Whether `node_modules` in `folder` is what `package-lock.json` there says, told from the list that npm writes when it is
 * done. What is optional may be missing: it is for another platform.
 */
export function isInstalled(folder: string): boolean {
  const list = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(list)) return false;
  const [wanted, there] = [packagesIn(join(folder, 'package-lock.json')), packagesIn(list)];
  const isThere = ([path, { version, optional }]: [string, Packages[string]]): boolean =>
    path === '' || (there[path] === undefined ? optional === true : there[path].version === version);
  return Object.entries(wanted).every(isThere) && Object.keys(there).every((path) => wanted[path] !== undefined);
}

const packagesIn = (path: string): Packages => Lock.parse(JSON.parse(readFileSync(path, 'utf8'))).packages;
