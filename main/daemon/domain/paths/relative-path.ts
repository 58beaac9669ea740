import { err, ok, type Result } from '../../../../contract/result.ts';

/** Whose rules a name has to obey. A backslash separates on Windows and is an ordinary character elsewhere. */
export type PathFlavor = 'posix' | 'windows';

/** The segments of a path from outside that stays below its root by its text alone; `.` is the root itself (no segment). */
export function parseRelativePath(text: string, flavor: PathFlavor): Result<readonly string[], string> {
  const problem = findProblem(text);
  if (problem !== null) return err(`${quotePath(text)} ${problem}`);
  const segments = splitPath(text, flavor).filter((segment) => segment !== '' && segment !== '.');
  const bad = flavor === 'windows' ? segments.find((segment) => WINDOWS_REFUSES.test(segment)) : undefined;
  if (bad !== undefined) return err(`${quotePath(text)} contains ${quotePath(bad)}, which Windows does not allow`);
  return ok(segments);
}

/** A path as it may stand in a sentence: odd characters are visible. */
export const quotePath = (path: string): string => JSON.stringify(path);

const DRIVE = /^[A-Za-z]:/;
/** Device names, characters that Windows reserves (`:` opens a stream of the file) and a trailing dot or space, which it drops. */
const WINDOWS_REFUSES = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$|[<>:"|?*\p{Cc}]|[. ]$/iu;

/** Both separators count here: one repository's settings are read on every system. */
function findProblem(text: string): string | null {
  if (text === '') return 'is empty';
  if (text.includes('\0')) return 'contains a null character';
  if (text.startsWith('/') || text.startsWith('\\') || DRIVE.test(text)) return 'is absolute; it must be relative';
  if (text.split(/[/\\]/).includes('..')) return 'leads upward: ".." is not allowed';
  return null;
}

const splitPath = (text: string, flavor: PathFlavor): readonly string[] =>
  text.split(flavor === 'windows' ? /[/\\]/ : '/');
