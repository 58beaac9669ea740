import { TaskSpec } from '../../contract/task-spec.ts';
import type { Draw } from './draw.ts';

const TASKS: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['Add a licence header', 'Every source file begins with the licence line.'],
  ['Rename the order service', 'OrderService becomes OrderBook everywhere, its tests included.'],
  ['Fix the rounding of totals', 'A total of 0.1 + 0.2 is shown as 0.30.'],
  ['Retry a lost connection', 'The client tries three times, one second apart, and then says why it gave up.'],
  ['Describe the configuration', 'README.md lists every key with its default.'],
  ['Speed up the list of users', 'One query instead of one for each user.'],
  ['Remove the old importer', 'Nothing calls it since the new one is there.'],
  ['Translate the error messages', 'German and French, in the files that are there already.'],
  ['Test the empty basket', 'Checkout with nothing in it is refused with a sentence.'],
  ['Update the build image', 'The newest patch release of the base image.'],
];

const VALIDATIONS = [
  { name: 'tests', command: 'npm test' },
  { name: 'lint', command: 'npm run lint', required: false },
];
const RETRY = { maxAttempts: 3, on: ['validation_failed', 'timeout'] };

interface SeededTask {
  readonly once: TaskSpec;
  readonly retried: TaskSpec;
}

const taskOf = ([title, goal]: readonly [string, string], index: number): SeededTask => {
  const spec = { title, goal, adapterProfile: 'simulation', simulation: {}, timeoutSeconds: 300 };
  const validations = VALIDATIONS.slice(0, 1 + (index % 2));
  return {
    once: TaskSpec.parse({ ...spec, validations }),
    retried: TaskSpec.parse({ ...spec, validations, retry: RETRY }),
  };
};

/** Parsed once: a schema for each of fifty thousand steps would cost more than the rows. */
const SEEDED: readonly [SeededTask, ...SeededTask[]] = [
  taskOf(TASKS[0], 0),
  ...TASKS.slice(1).map((task, index) => taskOf(task, index + 1)),
];

export function drawTask(draw: Draw, { isRetried }: { readonly isRetried: boolean }): TaskSpec {
  const task = draw.oneOf(SEEDED);
  return isRetried ? task.retried : task.once;
}

const FILES = ['src/orders.ts', 'src/totals.ts', 'src/client.ts', 'README.md', 'test/orders.test.ts', 'package.json'];

export const drawFiles = (draw: Draw): string[] => FILES.slice(0, draw.whole(1, FILES.length));
