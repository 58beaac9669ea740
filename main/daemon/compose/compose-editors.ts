import { lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../contract/result.ts';
import { editorArguments, isWorkspaceFile } from '../adapters/editors/editor-arguments.ts';
import { findEditors } from '../adapters/editors/find-editors.ts';
import { startEditor } from '../adapters/editors/start-editor.ts';
import { pathWithin } from '../adapters/files/path-within.ts';
import { executorEnvironment } from '../adapters/process/executor-environment.ts';
import type { Editors, WhatToOpen } from '../services/ports/editors.ts';
import type { Problem } from '../services/ports/problem.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Editors are looked for anew each time: somebody installs one while the daemon runs. */
export function composeEditors(own: Environment): Editors {
  const env = executorEnvironment(own, {}, '');
  return {
    list: async () =>
      (await findEditors(env)).map(({ id, title, program, wslDistro }) => ({
        id,
        title,
        program,
        isRemote: wslDistro !== null,
      })),
    async open({ id }, what) {
      const editor = (await findEditors(env)).find((one) => one.id === id);
      if (editor === undefined) return err({ sentence: `${id} is not installed any more` });
      const path = await realPathOf(what);
      if (!path.ok) return path;
      if (what.path !== null && isWorkspaceFile(editor, path.value)) return err(workspaceFile(editor.title, what.path));
      const argv = [editor.program, ...editorArguments(editor, { path: path.value, line: what.line })] as const;
      const started = await startEditor({ argv, cwd: what.root, env });
      return started.ok ? ok(argv) : err({ sentence: `${editor.title} does not start: ${started.error}` });
    },
  };
}

/** What is handed on has no link in it any more, and lies below the folder. */
async function realPathOf({ root, path }: WhatToOpen): Promise<Result<string, Problem>> {
  if (path === null) return existing(root, 'folder');
  const within = await pathWithin(root, { path, from: '.' });
  return within === null ? err(notThere(path)) : existing(join(root, within), 'file');
}

function existing(path: string, kind: 'folder' | 'file'): Result<string, Problem> {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  const isRight = kind === 'folder' ? stat?.isDirectory() : stat?.isFile();
  return isRight === true ? ok(realpathSync.native(path)) : err(notThere(path));
}

const workspaceFile = (title: string, path: string): Problem => ({
  code: 'invalid_input',
  sentence: `path: ${title} does not show ${JSON.stringify(path)}, it loads the settings in it: open the folder to look at it`,
});

const notThere = (path: string): Problem => ({
  code: 'not_found',
  sentence: `there is nothing to open at ${JSON.stringify(path)}`,
});
