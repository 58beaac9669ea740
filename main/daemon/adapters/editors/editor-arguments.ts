import type { EditorFamily } from './editor-table.ts';

export interface ToOpen {
  /** Absolute. */
  readonly path: string;
  /** From 1; null: wherever the editor likes. */
  readonly line: number | null;
}

export interface EditorPlace {
  readonly family: EditorFamily;
  /** The distribution whose files a program of Windows opens; null: the program is a neighbour of the files. */
  readonly wslDistro: string | null;
}

/** VS Code takes it for a workspace: it loads the settings and folders in it instead of showing it, whatever it is told. */
export const isWorkspaceFile = ({ family }: Pick<EditorPlace, 'family'>, path: string): boolean =>
  family === 'code' && /\.code-workspace$/i.test(path);

/** The arguments that open a file or a folder. Every path is absolute, so that none is taken for an option. */
export function editorArguments({ family, wslDistro }: EditorPlace, { path, line }: ToOpen): readonly string[] {
  if (family === 'jetbrains') {
    const seen = wslDistro === null ? path : `\\\\wsl.localhost\\${wslDistro}${path.replaceAll('/', '\\')}`;
    return line === null ? [seen] : ['--line', String(line), seen];
  }
  const remote = wslDistro === null ? [] : ['--remote', `wsl+${wslDistro}`];
  return line === null ? [...remote, path] : [...remote, '--goto', `${path}:${line}`];
}
