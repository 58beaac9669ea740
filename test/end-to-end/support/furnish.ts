import { join } from 'node:path';
import { viewOf } from '../../../contract/client/document.ts';
import { listGates } from '../../../contract/client/gate-routes.ts';
import { successOf } from '../../support/success-of.ts';
import type { House } from './house.ts';
import { commands, gatedTask, plannerOf, untilFile } from './planner.ts';

/** What there is to see in a furnished house, by the names that addresses have for it. */
export interface Furniture {
  readonly run: string;
  readonly step: string;
  readonly gate: string;
}

/** One of each: completed, failed with its checks, running, waiting behind it, and before a gate. */
export async function furnish(house: House): Promise<Furniture> {
  const planner = plannerOf(house.connection);
  await planner.open('checkout-v2');
  await planner.open('db-migrate', { projectId: 'warehouse', plannerId: 'planner-bot' });
  await planner.open('list-x', { closeWhenIdle: true });
  const done = await planner.submit('checkout-v2', COMPLETED);
  const failed = await planner.submit('list-x', FAILED);
  const gated = await planner.submit('db-migrate', gatedTask('Add a test script'));
  for (const step of [done, failed, gated]) await planner.settled(step);
  const running = await planner.submit('checkout-v2', commands('Add the cart', [untilFile(neverIn(house))]));
  await planner.submit('checkout-v2', commands('Send the mail', ['true'], { dependencies: [running] }));
  const [gate] = successOf(await viewOf(listGates(house.connection, { state: 'pending' })));
  if (gate === undefined) throw new Error('no gate waits');
  return { run: 'checkout-v2', step: done, gate: gate.id };
}

/** `/runs/:run` → the address of one that there is. */
export function addressOf(path: string, { run, step, gate }: Furniture): string {
  const known: Readonly<Record<string, string>> = { run, runId: run, step, stepId: step, gate, gateId: gate };
  return (
    path
      .replace(/\/\*\??$/, '')
      .split('/')
      .flatMap((part) => (part.startsWith(':') ? (known[part.replace(/[:?]/g, '')] ?? []) : [part]))
      .join('/') || '/'
  );
}

const neverIn = (house: House): string => join(house.repository.root, '../never');

const COMPLETED = commands(
  'Make the greeting friendlier',
  [
    "printf 'Hello, dear reader.\\n' > README.md",
    `mkdir -p src && printf 'export const greet = () => 1;\\n' > src/greet.js`,
  ],
  { validations: [{ name: 'greets', command: 'grep -q dear README.md' }] },
);

const FAILED = commands('Limit the list', ["printf 'limit\\n' > limit.txt; echo 'wrote limit.txt'; echo 'odd' >&2"], {
  validations: [{ name: 'test:unit', command: "echo '2 of 214 failed'; exit 1" }],
});
