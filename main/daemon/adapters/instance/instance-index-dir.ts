import { posix, win32 } from 'node:path';

export interface UserPlace {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The folder of this user's index: `$XDG_STATE_HOME/codencer/instances` (`~/.local/state` without it), on Windows
 * `%LOCALAPPDATA%\codencer\instances`. A relative XDG_STATE_HOME is invalid and ignored (XDG Base Directory Specification).
 */
export function instanceIndexDir({ platform, home, environment }: UserPlace): string {
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'];
    const base = local !== undefined && win32.isAbsolute(local) ? local : win32.join(home, 'AppData', 'Local');
    return win32.join(base, 'codencer', 'instances');
  }
  const state = environment['XDG_STATE_HOME'];
  const base = state !== undefined && posix.isAbsolute(state) ? state : posix.join(home, '.local', 'state');
  return posix.join(base, 'codencer', 'instances');
}
