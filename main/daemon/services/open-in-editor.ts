import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { AttemptId } from '../../../contract/ids.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { placeOf } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import type { FoundEditor } from './ports/editors.ts';

export interface EditorRequest {
  readonly editor: string;
  readonly kind: 'file' | 'worktree' | 'repository';
  /** Whose worktree is meant; a file without it is one of the repository. */
  readonly attemptId?: AttemptId | undefined;
  /** Of a file, from the root of its folder on. */
  readonly path?: string | undefined;
  readonly line?: number | undefined;
}

export interface OpenedInEditor {
  readonly editor: FoundEditor;
  readonly command: readonly string[];
}

/** Opens a file, a worktree that is on disk, or the repository in an editor of the operator. */
export async function openInEditor(
  context: ServiceContext,
  request: EditorRequest,
): Promise<Result<OpenedInEditor, Refusal>> {
  const { kind, path = '', line = null } = request;
  if ((kind === 'file') !== (path !== '')) {
    return err(refusal('invalid_input', 'path: a file has one, a worktree and the repository have none'));
  }
  const editor = (await context.editors.list()).find(({ id }) => id === request.editor);
  if (editor === undefined) return err(refusal('invalid_input', `editor: ${request.editor} is not installed here`));
  const root = await rootOf(context, request);
  if (!root.ok) return root;
  const what = { root: root.value, path: kind === 'file' ? path : null, line };
  const opened = await context.editors.open(editor, what);
  if (!opened.ok) return err(refusal(opened.error.code ?? 'internal', opened.error.sentence));
  return ok({ editor, command: opened.value });
}

async function rootOf(context: ServiceContext, request: EditorRequest): Promise<Result<string, Refusal>> {
  const { kind, attemptId } = request;
  if (kind === 'repository' || (kind === 'file' && attemptId === undefined)) return ok(context.instance().repoRoot);
  const attempt = attemptId === undefined ? null : context.store.attempts.get(attemptId);
  if (attempt === null)
    return err(refusal('attempt_not_found', 'attempt_id: names no attempt, and a worktree is one’s'));
  const place = placeOf(attempt);
  if (!(await context.workspaces.exists(place))) {
    return err(refusal('not_found', `the worktree of ${attempt.id} is not on disk any more`));
  }
  return ok(context.workspaces.whereIs(place, attempt.worktreePath));
}
