import { findProgram } from '../executors/find-program.ts';
import type { EditorPlace } from './editor-arguments.ts';
import { KNOWN_EDITORS, type KnownEditor } from './editor-table.ts';

type Variables = Readonly<Record<string, string>>;

export interface InstalledEditor extends EditorPlace {
  readonly id: string;
  readonly title: string;
  /** Absolute. */
  readonly program: string;
}

/** The editors whose programs are in PATH; in WSL PATH also leads to those of Windows. */
export async function findEditors(env: Variables): Promise<readonly InstalledEditor[]> {
  const found = await Promise.all(KNOWN_EDITORS.map((editor) => findEditor(editor, env)));
  return found.filter((editor) => editor !== null);
}

async function findEditor({ programs, ...editor }: KnownEditor, env: Variables): Promise<InstalledEditor | null> {
  for (const name of programs) {
    const program = await findProgram(name, env['PATH'] ?? '');
    if (program !== null) return { ...editor, program, wslDistro: distroFor(program, env) };
  }
  return null;
}

/** Drives of Windows are below `/mnt` unless somebody has moved them; programs elsewhere are those of the distribution. */
function distroFor(program: string, env: Variables): string | null {
  const distro = env['WSL_DISTRO_NAME'] ?? '';
  return distro !== '' && /^\/mnt\/[a-z]\//i.test(program) ? distro : null;
}
