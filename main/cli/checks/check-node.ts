import { createRequire } from 'node:module';
import { bad, type Check, fine, warn } from './check.ts';

const WANTED_MAJOR = 24;
const WANTED_GLIBC = [2, 34] as const;

export function checkNode(): Check {
  const { node, modules } = process.versions;
  const major = Number(node.split('.')[0]);
  const detail = `Node ${node} (module version ${modules}), ${process.execPath}`;
  return major >= WANTED_MAJOR ? fine('node', detail) : bad('node', detail, `Install Node ${WANTED_MAJOR} or newer`);
}

/** The prebuilt SQLite and terminal binaries are linked against a glibc of 2021; musl has its own builds. */
export function checkLibc(): Check | null {
  if (process.platform !== 'linux') return null;
  const version = glibcVersion();
  if (version === null) return null;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isRecent = major > WANTED_GLIBC[0] || (major === WANTED_GLIBC[0] && minor >= WANTED_GLIBC[1]);
  const advice = 'A distribution of 2021 or later has glibc 2.34 (Ubuntu 22.04, Debian 12)';
  return isRecent ? fine('libc', `glibc ${version}`) : bad('libc', `glibc ${version}`, advice);
}

function glibcVersion(): string | null {
  // Looking up the names of all open sockets would take seconds where there is no name server. Not in the types yet.
  Object.assign(process.report, { excludeNetwork: true });
  const report: { readonly header?: { readonly glibcVersionRuntime?: string } } = process.report.getReport();
  return report.header?.glibcVersionRuntime ?? null;
}

/** The terminal is optional: it needs a compiler at install time. */
export function checkTerminal(entryPath: string): Check {
  try {
    createRequire(entryPath)('node-pty');
    return fine('terminal', 'node-pty is there');
  } catch {
    return warn(
      'terminal',
      'no terminal: node-pty is not there',
      'Only interactive sessions need it; npm rebuild node-pty',
    );
  }
}
