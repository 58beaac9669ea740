import type { JsonObject } from './json-value.ts';
import type { Fields } from './read-fields.ts';

/** Who can be given a task, and what was found of its program. */
export interface ClientExecutor {
  readonly name: string;
  /** Empty: its file cannot be used. */
  readonly agent: string;
  /** `built_in`, `shipped` or `repository`. */
  readonly source: string;
  readonly file: string | null;
  readonly problems: readonly string[];
  readonly isAvailable: boolean;
  /** `real` or `simulation`; empty: a task that names it is refused. */
  readonly mode: string;
  readonly binary: string | null;
  readonly version: string | null;
  /** `yes`, `no` or `unknown`. */
  readonly loggedIn: string;
  readonly sandbox: string | null;
  readonly canAsk: boolean | null;
  readonly detail: string;
  readonly profileHash: string;
  /** By which of the agent's interfaces; empty when its file cannot be used. */
  readonly transport: string;
  /** In the words of its file; empty when that cannot be used. */
  readonly profile: JsonObject;
}

export interface ClientExecutorList {
  readonly executors: readonly ClientExecutor[];
  readonly problems: readonly string[];
}

export const clientExecutor = (fields: Fields): ClientExecutor => ({
  name: fields.id('name'),
  agent: fields.text('agent'),
  source: fields.text('source'),
  file: fields.optionalText('file'),
  problems: fields.texts('problems'),
  ...probeOf(fields),
  profileHash: fields.text('profile_hash'),
  transport: fields.object('profile', (profile) => profile.text('transport')) ?? '',
  profile: fields.json('profile'),
});

function probeOf(fields: Fields) {
  const probe = fields.object('probe', (one) => ({
    isAvailable: one.flag('available'),
    mode: one.text('mode'),
    binary: one.optionalText('binary'),
    version: one.optionalText('version'),
    loggedIn: one.text('logged_in'),
    sandbox: one.optionalText('sandbox'),
    canAsk: one.optionalFlag('can_ask'),
    detail: one.text('detail'),
  }));
  return probe ?? NO_PROBE;
}

const NO_PROBE = {
  isAvailable: false,
  mode: '',
  binary: null,
  version: null,
  loggedIn: 'unknown',
  sandbox: null,
  canAsk: null,
  detail: '',
};

export const clientExecutorList = (fields: Fields): ClientExecutorList => ({
  executors: fields.objects('executors', clientExecutor),
  problems: fields.texts('problems'),
});
