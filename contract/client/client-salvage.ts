import type { Fields } from './read-fields.ts';

/** Where the work of an attempt is kept. */
export interface ClientSalvage {
  readonly refs: readonly { readonly name: string; readonly commit: string }[];
  readonly bundles: readonly { readonly path: string; readonly artifact: string }[];
  readonly notSaved: readonly { readonly path: string; readonly reason: string }[];
  readonly keptWorktree: string | null;
  readonly containsSecret: boolean;
}

export const clientSalvage = (fields: Fields): ClientSalvage => ({
  refs: fields.objects('refs', (one) => ({ name: one.text('name'), commit: one.text('commit') })),
  bundles: fields.objects('bundles', (one) => ({ path: one.text('path'), artifact: one.text('artifact') })),
  notSaved: fields.objects('not_saved', (one) => ({ path: one.text('path'), reason: one.text('reason') })),
  keptWorktree: fields.optionalText('kept_worktree'),
  containsSecret: fields.flag('contains_secret'),
});

/** One entry of the salvage list. `restore` holds commands, ready to be run. */
export interface ClientSalvageEntry extends ClientSalvage {
  readonly attemptId: string;
  readonly stepId: string;
  readonly attemptState: string;
  readonly restore: readonly string[];
}

export const clientSalvageEntry = (fields: Fields): ClientSalvageEntry => ({
  ...clientSalvage(fields),
  attemptId: fields.id('attempt_id'),
  stepId: fields.text('step_id'),
  attemptState: fields.text('attempt_state'),
  restore: fields.texts('restore'),
});
