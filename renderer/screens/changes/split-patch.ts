const BEGINNING = 'diff --git ';

/**
 * A patch of git, file by file. Lines of content begin with a sign and lines of binary data have no space in them, so
 * that a line which begins like this is always the beginning of a file.
 */
export function splitPatch(patch: string): readonly string[] {
  const sections: string[] = [];
  let from = patch.startsWith(BEGINNING) ? 0 : nextBeginning(patch, 0);
  while (from !== -1) {
    const next = nextBeginning(patch, from);
    sections.push(next === -1 ? patch.slice(from) : patch.slice(from, next));
    from = next;
  }
  return sections;
}

function nextBeginning(patch: string, after: number): number {
  const at = patch.indexOf(`\n${BEGINNING}`, after);
  return at === -1 ? -1 : at + 1;
}

/** Git writes a change of type as two files, of which one goes and one comes. */
const sectionsOf = (status: string): number => (status === 'type-changed' ? 2 : 1);

/** What belongs to which file: a patch has the order of its list. Files that the patch has nothing of are left out. */
export function sectionsByPath(
  files: readonly { readonly path: string; readonly status: string }[],
  patch: string,
): ReadonlyMap<string, readonly string[]> {
  const sections = splitPatch(patch);
  const byPath = new Map<string, readonly string[]>();
  let at = 0;
  for (const { path, status } of files) {
    const own = sections.slice(at, at + sectionsOf(status));
    at += own.length;
    if (own.length > 0) byPath.set(path, own);
  }
  return byPath;
}
