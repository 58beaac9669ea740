import { z } from 'zod';

import { AttemptId } from '../ids.ts';
import { wireObject } from './decode.ts';

export interface EditorView {
  readonly id: string;
  readonly title: string;
  readonly program: string;
  readonly isRemote: boolean;
}

export const encodeEditor = ({ id, title, program, isRemote }: EditorView) => ({
  id,
  title,
  program,
  remote: isRemote,
});

export const WireEditor = z
  .object({
    id: z.string(),
    title: z.string().meta({ description: 'What people call it.' }),
    program: z.string(),
    remote: z.boolean().meta({ description: 'It is a program of Windows that reaches into the WSL distribution.' }),
  })
  .meta({ id: 'Editor', description: 'An editor that is installed on this machine.' });

export const OpenRequest = wireObject({
  editor: z.string().max(64).meta({ description: 'Its id in the list of editors.' }),
  kind: z.enum(['file', 'worktree', 'repository']),
  attempt_id: AttemptId.optional().meta({
    description: 'Whose worktree; a file without it is one of the repository.',
  }),
  path: z.string().max(4096).optional().meta({ description: 'Of a file, relative to the repository or worktree.' }),
  line: z.int().min(1).max(10_000_000).optional(),
}).meta({ id: 'OpenRequest', description: 'What is to be opened, and in which editor.' });
export type OpenRequest = z.infer<typeof OpenRequest>;

export const encodeOpened = (opened: { readonly editor: EditorView; readonly command: readonly string[] }) => ({
  editor: encodeEditor(opened.editor),
  command: opened.command,
});

export const WireOpened = z
  .object({
    editor: WireEditor,
    command: z
      .array(z.string())
      .meta({ description: 'Program and arguments that were started; nobody waits for them.' }),
  })
  .meta({ id: 'Opened', description: 'What was started.' });
