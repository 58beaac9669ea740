import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FILES_PER_FOLDER = 20;

/** Makes a repository of so many source-like files, one commit, a clean tree. */
export function makeRepository(folder: string, fileCount: number): void {
  for (let index = 0; index < fileCount; index += 1) {
    const path = join(folder, `src/part-${Math.floor(index / FILES_PER_FOLDER)}/module-${index}.ts`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contentOf(index));
  }
  git(folder, ['init', '--quiet', '--initial-branch=main']);
  git(folder, ['add', '--all']);
  git(folder, ['-c', 'user.name=Bench', '-c', 'user.email=bench@localhost', 'commit', '--quiet', '--message=Start']);
}

const contentOf = (index: number): string =>
  Array.from({ length: 60 }, (_, line) => `export const value${index}At${line} = ${index * line};\n`).join('');

const git = (cwd: string, args: readonly string[]): Buffer => execFileSync('git', [...args], { cwd });
