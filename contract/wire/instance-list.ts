import { z } from 'zod';
import type { InstanceInfo } from '../instance.ts';

import { encodeInstance, WireInstance } from './instance.ts';

/** The daemons of one user. */
export interface InstanceListView {
  readonly instances: readonly {
    readonly state: 'live' | 'stale';
    readonly isSelf: boolean;
    readonly instance: InstanceInfo;
  }[];
  readonly damaged: readonly string[];
}

export const encodeInstanceList = ({ instances, damaged }: InstanceListView) => ({
  instances: instances.map(({ state, isSelf, instance }) => ({
    state,
    self: isSelf,
    instance: encodeInstance(instance),
  })),
  damaged,
});

export const WireInstanceList = z
  .object({
    instances: z.array(
      z.object({
        state: z.enum(['live', 'stale']).meta({ description: '`stale`: it was killed; its process is not there.' }),
        self: z.boolean().meta({ description: 'The daemon that answers.' }),
        instance: WireInstance,
      }),
    ),
    damaged: z.array(z.string()).meta({ description: 'Entries that cannot be read, each in a sentence.' }),
  })
  .meta({ id: 'InstanceList', description: 'The daemons of this user.' });
