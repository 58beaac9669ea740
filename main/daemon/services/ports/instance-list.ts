import type { InstanceInfo } from '../../../../contract/instance.ts';

export interface InstanceList {
  readonly found: readonly ListedInstance[];
  /** Entries that cannot be read, each in a sentence. */
  readonly damaged: readonly string[];
}

/** Another daemon of this user, or this one. */
export interface ListedInstance {
  readonly state: 'live' | 'stale';
  readonly instance: InstanceInfo;
}
