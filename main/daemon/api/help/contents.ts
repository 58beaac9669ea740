export interface ContentsEntry {
  /** Without ending. */
  readonly name: string;
  readonly title: string;
}

/** The index itself, and every page that it links to, in its order. */
export function readContents(index: string): readonly ContentsEntry[] {
  const linked = [...index.matchAll(/\[([^\]]+)\]\(([\w-]+)\.md\)/g)].map(([, title = '', name = '']) => ({
    name,
    title,
  }));
  return [{ name: 'README', title: 'Contents' }, ...linked];
}
