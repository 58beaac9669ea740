import type { Fields } from './read-fields.ts';

/** `holds`: `work`, or `lost-commits` that nothing else leads to. */
export interface ClientSalvageRef {
  readonly name: string;
  readonly commit: string;
  readonly holds: string;
}

/** Where the work of an attempt is kept. */
export interface ClientSalvage {
  readonly refs: readonly ClientSalvageRef[];
  readonly bundles: readonly { readonly path: string; readonly artifact: string }[];
  readonly notSaved: readonly { readonly path: string; readonly reason: string }[];
  readonly keptWorktree: string | null;
  readonly containsSecret: boolean;
}

export const clientSalvage = (fields: Fields): ClientSalvage => ({
  refs: fields.objects('refs', clientSalvageRef),
  bundles: fields.objects('bundles', (one) => ({ path: one.text('path'), artifact: one.text('artifact') })),
  notSaved: fields.objects('not_saved', (one) => ({ path: one.text('path'), reason: one.text('reason') })),
  keptWorktree: fields.optionalText('kept_worktree'),
  containsSecret: fields.flag('contains_secret'),
});

const clientSalvageRef = (fields: Fields): ClientSalvageRef => ({
  name: fields.text('name'),
  commit: fields.text('commit'),
  holds: fields.text('holds') || 'work',
});

/** One entry of the salvage list. `restore` holds commands, ready to be run. */
export interface ClientSalvageEntry extends ClientSalvage {
  readonly attemptId: string;
  readonly stepId: string;
  /** Empty from older daemons. */
  readonly runId: string;
  readonly attemptState: string;
  readonly restore: readonly string[];
  /** A sentence for each thing that is gone for good when it is released. */
  readonly lostOnRelease: readonly string[];
}

export const clientSalvageEntry = (fields: Fields): ClientSalvageEntry => ({
  ...clientSalvage(fields),
  attemptId: fields.id('attempt_id'),
  stepId: fields.text('step_id'),
  runId: fields.text('run_id'),
  attemptState: fields.text('attempt_state'),
  restore: fields.texts('restore'),
  lostOnRelease: fields.texts('lost_on_release'),
});
