import { execFileSync } from 'node:child_process';

/**
 * A launcher under which the daemon alone sees what this shell script mounts in its repository: user and mount namespaces
 * of its own, no privilege. Where the system forbids them, the daemon does not start and the test fails with its words.
 */
export const inOwnMounts = (script: string): readonly string[] => [
  'unshare',
  '--user',
  '--map-root-user',
  '--mount',
  'sh',
  '-c',
  `${script} && exec "$@"`,
  'sh',
];

/** The folder `.codencer` is a disk of this size. */
export const onDiskOf = (size: string): readonly string[] =>
  inOwnMounts(`mkdir -p .codencer && mount -t tmpfs -o size=${size},mode=700 tmpfs .codencer`);

/** The folder `.git`, with what is in it, is on a disk of this size. */
export const gitOnDiskOf = (size: string): readonly string[] =>
  inOwnMounts(`cp -a .git ../git && mount -t tmpfs -o size=${size} tmpfs .git && cp -a ../git/. .git/`);

/** Changes a mount that only this daemon sees. */
export function remount(pid: number, path: string, how: 'ro' | 'rw'): void {
  const inside = ['--target', String(pid), '--user', '--mount', '--preserve-credentials'];
  execFileSync('nsenter', [...inside, 'mount', '-o', `remount,${how}`, path], { stdio: 'pipe' });
}
