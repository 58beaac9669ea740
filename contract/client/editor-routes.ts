import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { type Fields, readFields, readList } from './read-fields.ts';

/** An editor that is installed where the daemon runs. */
export interface ClientEditor {
  readonly id: string;
  readonly title: string;
  readonly program: string;
  /** It is a program of Windows that reaches into the WSL distribution. */
  readonly isRemote: boolean;
}

const clientEditor = (fields: Fields): ClientEditor => ({
  id: fields.id('id'),
  title: fields.text('title'),
  program: fields.text('program'),
  isRemote: fields.flag('remote'),
});

export const listEditors = (connection: Connection, signal?: AbortSignal): DocumentReply<readonly ClientEditor[]> =>
  requestDocument(connection, { method: 'GET', path: '/api/v1/editors', signal }, (json) =>
    readList(json, clientEditor),
  );

/** A file is one of the repository unless an attempt is named; `line` counts from 1. */
export type WhatToOpen =
  | { readonly kind: 'repository' }
  | { readonly kind: 'worktree'; readonly attemptId: string }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly attemptId?: string | undefined;
      readonly line?: number | undefined;
    };

/** Program and arguments that were started. */
export function openInEditor(
  connection: Connection,
  editor: string,
  what: WhatToOpen,
): DocumentReply<{ readonly command: readonly string[] }> {
  const body = {
    editor,
    kind: what.kind,
    attempt_id: what.kind === 'repository' ? null : (what.attemptId ?? null),
    path: what.kind === 'file' ? what.path : null,
    line: what.kind === 'file' ? (what.line ?? null) : null,
  };
  return requestDocument(connection, { method: 'POST', path: '/api/v1/open', body }, (json) =>
    readFields(json, (fields) => ({ command: fields.texts('command') })),
  );
}
