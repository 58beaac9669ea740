import type { ClientChangedFile } from '../../../contract/client/client-changes.ts';

const MAX_LINES = 500;
const MAX_BYTES = 256 * 1024;

const LOCK_FILES: ReadonlySet<string> = new Set([
  'bun.lock',
  'bun.lockb',
  'cargo.lock',
  'composer.lock',
  'flake.lock',
  'gemfile.lock',
  'go.sum',
  'gradle.lockfile',
  'mix.lock',
  'npm-shrinkwrap.json',
  'package-lock.json',
  'packages.lock.json',
  'pipfile.lock',
  'pnpm-lock.yaml',
  'podfile.lock',
  'poetry.lock',
  'pubspec.lock',
  'uv.lock',
  'yarn.lock',
]);

const GENERATED = [
  /(^|\/)(dist|build|out|coverage|node_modules|vendor|third_party|__generated__|generated|\.next|target)\//i,
  /\.min\.(js|css|mjs)$/i,
  /\.(map|snap|pb\.go|g\.dart|designer\.cs)$/i,
  /[._-](generated|gen)\.[a-z0-9]+$/i,
  /_pb2?(_grpc)?\.(py|js|ts|d\.ts)$/i,
] as const;

type Folded = Pick<ClientChangedFile, 'path' | 'additions' | 'deletions' | 'sizeBytes' | 'isBinary'>;

/**
 * Why a file is folded before anybody said so; null: it is open. What a gate names is always open: it is what somebody
 * is asked about.
 */
export function foldReason(file: Folded, isNamedByGate: boolean): string | null {
  if (isNamedByGate || file.isBinary) return null;
  const name = file.path.split('/').at(-1)?.toLowerCase() ?? '';
  if (LOCK_FILES.has(name)) return 'lock file';
  if (GENERATED.some((pattern) => pattern.test(file.path))) return 'generated';
  if ((file.additions ?? 0) + (file.deletions ?? 0) > MAX_LINES) return `over ${MAX_LINES} lines`;
  return (file.sizeBytes ?? 0) > MAX_BYTES ? 'over 256 KiB' : null;
}

interface Naming {
  readonly reasons: readonly string[];
  readonly request: { readonly paths: readonly string[] } | null;
}

/** Whether one of the step's gates speaks of this very file. */
export const isNamedByGate = (gates: readonly Naming[], path: string): boolean =>
  gates.some(
    ({ reasons, request }) =>
      reasons.some((reason) => hasWord(reason, path)) ||
      (request?.paths ?? []).some((one) => one === path || one.endsWith(`/${path}`)),
  );

/** Not a part of a longer path. */
function hasWord(text: string, path: string): boolean {
  for (let at = text.indexOf(path); at !== -1; at = text.indexOf(path, at + 1)) {
    const isApart = !/[\w./-]/.test(text.charAt(at - 1)) && !/[\w/-]/.test(text.charAt(at + path.length));
    if (isApart) return true;
  }
  return false;
}
