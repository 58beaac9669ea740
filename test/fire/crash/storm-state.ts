import { join } from 'node:path';
import type { Random } from '../../support/random.ts';
import type { TemporaryRepository } from '../../support/temporary-repository.ts';
import type { DaemonStart } from './daemon-start.ts';
import type { Inspected, Inspection } from './inspect.ts';
import type { Seat } from './seat.ts';
import type { Told } from './told.ts';

export interface StormOptions {
  readonly seed: number;
  readonly kills: number;
  readonly planners: number;
  /** Of each planner, at the same time. */
  readonly openSteps: number;
  readonly onProgress?: (sentence: string) => void;
}

export interface Storm {
  readonly options: StormOptions;
  readonly random: Random;
  readonly repository: TemporaryRepository;
  readonly head: string;
  readonly seat: Seat;
  readonly told: Told;
  readonly inspected: Inspected;
  readonly kills: Map<string, number>;
  readonly readyMs: number[];
  readonly starts: DaemonStart[];
  instanceId: string;
}

export const killCount = ({ kills }: Storm): number => [...kills.values()].reduce((sum, one) => sum + one, 0);
export const count = ({ kills }: Storm, what: string): void => void kills.set(what, (kills.get(what) ?? 0) + 1);

export const inspectionOf = (storm: Storm): Inspection => ({
  ...storm,
  scratch: join(storm.repository.root, '../bundles'),
});
