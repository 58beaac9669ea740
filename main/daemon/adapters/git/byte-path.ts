/**
 * A path below a worktree, with `/` between its parts and no leading one, whose characters are its bytes (latin1). Git
 * and Linux know paths as bytes; this is the one form in which they can be compared, sorted and used as a key.
 */
export type BytePath = string;

export const bytesOf = (path: BytePath): Buffer => Buffer.from(path, 'latin1');

export const toBytePath = (bytes: Uint8Array): BytePath => Buffer.from(bytes).toString('latin1');

/** The absolute path that the file system understands. */
export const absoluteOf = (root: string, path: BytePath): Buffer =>
  path === '' ? Buffer.from(root) : Buffer.concat([Buffer.from(`${root}/`), bytesOf(path)]);

export const joinBytePath = (directory: BytePath, name: BytePath): BytePath =>
  directory === '' ? name : `${directory}/${name}`;

/** Whether `path` is `directory` or below it; the root contains everything. */
export const isWithin = (path: BytePath, directory: BytePath): boolean =>
  directory === '' || path === directory || path.startsWith(`${directory}/`);

/** Every folder above a path, nearest last: `a/b/c` has `a` and `a/b`. */
export function foldersAbove(path: BytePath): readonly BytePath[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
