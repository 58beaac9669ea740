import { parseArgs } from 'node:util';

export interface Options {
  readonly extent: 'quick' | 'usual' | 'full';
  /** Empty: every row. */
  readonly only: readonly string[];
  readonly profileFolder: string | null;
}

export const USAGE = `npm run bench -- [--quick | --full] [--only <row>]... [--cpu-prof <folder>]

  --quick             about a minute: fewer samples, 128 MB of output instead of 1 GB
  --full              also the start over 10,000 runs, 50,000 steps and 1,000,000 events
  --only <row>        this row and nothing else, RESULTS.md stays as it is; may be given several times
  --cpu-prof <folder> daemons leave CPU profiles there; the numbers are then not comparable
`;

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      'cpu-prof': { type: 'string' },
    },
  });
  const extent = values.full ? 'full' : values.quick ? 'quick' : 'usual';
  return { extent, only: values.only, profileFolder: values['cpu-prof'] ?? null };
}
