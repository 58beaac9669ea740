import { EXIT } from '../../contract/errors.ts';
import { type OpenRecord, openRecord } from './open-record.ts';
import { readOptions, type SeedOptions, USAGE } from './options.ts';
import { RUN_SPAN_MS, seedStore } from './seed-store.ts';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0 || args.includes('--help')) {
    process.stdout.write(USAGE);
    return args.length === 0 ? EXIT.usage : EXIT.ok;
  }
  const options = readOptions(args);
  if (!options.ok) {
    say(`${options.error}\n\n${USAGE}`);
    return EXIT.usage;
  }
  // npm changes to the folder of its package; where it was called is in INIT_CWD.
  const repoRoot = options.value.repoRoot || (process.env['INIT_CWD'] ?? process.cwd());
  const spanMs = options.value.size.runs * RUN_SPAN_MS;
  const record = await openRecord({ repoRoot, mayAdd: options.value.mayAdd, spanMs });
  if (!record.ok) {
    say(`Nothing was written: ${record.error}`);
    return EXIT.infrastructure;
  }
  try {
    seed(record.value, options.value);
  } finally {
    record.value.close();
  }
  return EXIT.ok;
}

function seed({ store, clock, config, baseCommit }: OpenRecord, { size, seed, isKilled }: SeedOptions): void {
  const startedMs = performance.now();
  const eventsBefore = store.events.lastSeq();
  seedStore(store, clock, {
    ...size,
    // Into a record that goes on, the same seed would bring the same ids again.
    seed: seed + eventsBefore,
    baseCommit,
    workspaceRoot: config.workspaceRoot.value,
    artifactRoot: config.artifactRoot.value,
    isKilled,
    onRun: (count) => say(`${count} of ${size.runs} runs`),
  });
  store.checkpoint();
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const events = store.events.lastSeq() - eventsBefore;
  const steps = size.runs * size.stepsPerRun;
  say(`Wrote ${size.runs} runs, ${steps} steps and ${events} events into ${config.dbPath.value} in ${seconds} s.`);
  say('None of it ever happened: there are no commits behind it, so nothing to diff or to restore.');
}
