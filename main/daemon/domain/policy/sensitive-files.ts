/** Files that decide which foreign code a project runs: the inherited three and the locks of common package managers, in lower case. */
const DEPENDENCY_FILES: ReadonlySet<string> = new Set([
  'go.mod',
  'go.sum',
  'go.work.sum',
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
  'cargo.lock',
  'poetry.lock',
  'pipfile.lock',
  'uv.lock',
  'gemfile.lock',
  'composer.lock',
  'mix.lock',
  'pubspec.lock',
  'package.resolved',
  'packages.lock.json',
  'gradle.lockfile',
  'flake.lock',
]);

export const isDependencyFile = (path: string): boolean =>
  DEPENDENCY_FILES.has(path.slice(path.lastIndexOf('/') + 1).toLowerCase());

/** Inherited: any path that contains `migrations/`, so `db_migrations/1.sql` counts too. */
export const isMigration = (path: string): boolean => path.toLowerCase().includes('migrations/');
