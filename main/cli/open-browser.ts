import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { CliContext } from './cli-context.ts';

/** What a link of ours looks like. Nothing else is handed to a program that might read a command line in its own way. */
const LINK = /^http:\/\/[\w.:[\]-]+\/[\w./-]*(#link=[\w-]+)?$/;

interface Opener {
  readonly program: string;
  readonly args: readonly string[];
}

/** Hands the address to the browser of whoever works here. The name of the program that was asked; null: there is none. */
export async function openBrowser({ env }: Pick<CliContext, 'env'>, url: string): Promise<string | null> {
  if (!LINK.test(url)) return null;
  const found = openers(env).find(({ program }) => isInPath(program, env['PATH'] ?? ''));
  if (found === undefined) return null;
  const child = spawn(found.program, [...found.args, url], { detached: true, stdio: 'ignore', env });
  const hasStarted = await new Promise<boolean>((resolve) => {
    child.once('spawn', () => resolve(true)).once('error', () => resolve(false));
  });
  child.unref();
  return hasStarted ? found.program : null;
}

/**
 * In WSL the browser is usually that of Windows. `rundll32` takes the address as it is: a shell or the explorer would
 * read something into it. Without a screen `xdg-open` starts a browser in the terminal, which nobody has asked for.
 */
function openers(env: CliContext['env']): readonly Opener[] {
  const windows: Opener = { program: 'rundll32.exe', args: ['url.dll,FileProtocolHandler'] };
  if (process.platform === 'win32') return [windows];
  if (process.platform === 'darwin') return [{ program: 'open', args: [] }];
  const isWsl = (env['WSL_DISTRO_NAME'] ?? '') !== '';
  const hasScreen = (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
  return [
    ...(isWsl ? [{ program: 'wslview', args: [] }, windows] : []),
    ...(hasScreen ? [{ program: 'xdg-open', args: [] }] : []),
  ];
}

const isInPath = (program: string, path: string): boolean =>
  path.split(delimiter).some((folder) => folder !== '' && isExecutable(join(folder, program)));

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // it is not there, or not for us
  }
}
