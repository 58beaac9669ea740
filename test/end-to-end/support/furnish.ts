import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { viewOf } from '../../../contract/client/document.ts';
import { listGates } from '../../../contract/client/gate-routes.ts';
import type { JsonObject } from '../../../contract/client/json-value.ts';
import { successOf } from '../../support/success-of.ts';
import type { TemporaryRepository } from '../../support/temporary-repository.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { FILES, retriedTask, TASKS } from './furniture-tasks.ts';
import type { House, HousePlan } from './house.ts';
import { commands, plannerOf, untilFile } from './planner.ts';

/** What there is to see in a furnished house, by the names that addresses have for it. */
export interface Furniture {
  readonly run: string;
  readonly step: string;
  /** Of an agent that asks. */
  readonly agentStep: string;
  readonly gate: string;
}

/** A house that can be furnished: it has an agent that asks. */
export const FURNISHABLE: HousePlan = { files: FILES, prepare: addAgent, env: { CODENCER_SLOTS: '6' } };

const HOUR_MS = 3_600_000;
const AGENT = join(import.meta.dirname, '../../fixtures/programs/ask-over-acp.mjs');

function addAgent({ root }: TemporaryRepository): void {
  const folder = join(root, '.codencer/executors');
  mkdirSync(folder, { recursive: true });
  const program = JSON.stringify([process.execPath, AGENT]);
  writeFileSync(join(folder, 'helper.yaml'), `title: Helper\nagent: acp\nprogram: ${program}\n`);
}

/** One of each: completed, failed with its checks, retried, running, waiting for its time, before two kinds of gates. */
export async function furnish(house: House): Promise<Furniture> {
  const planner = plannerOf(house.connection);
  await planner.open('checkout-v2');
  await planner.open('db-migrate', { projectId: 'warehouse', plannerId: 'planner-bot' });
  await planner.open('list-x', { closeWhenIdle: true });
  const settle = async (run: string, task: JsonObject) => planner.settled(await planner.submit(run, task));
  await settle('list-x', TASKS.failed);
  await settle('checkout-v2', TASKS.completed);
  await settle('checkout-v2', retriedTask(join(house.repository.root, '../was-here')));
  await settle('db-migrate', TASKS.gated);
  await planner.submit('checkout-v2', TASKS.asking);
  await waitUntil(async () => (await pendingGates(house)).length === 2);
  const running = commands('Add the cart', ['echo "reading 41 files"', untilFile(neverIn(house))]);
  await planner.submit('checkout-v2', { ...running, step_id: 'add-cart' });
  await planner.submit('checkout-v2', { ...TASKS.waiting, not_before: new Date(Date.now() + HOUR_MS).toISOString() });
  const asked = (await pendingGates(house)).find(({ kind }) => kind === 'permission');
  if (asked === undefined) throw new Error('the agent asked nothing');
  return { run: 'checkout-v2', step: 'friendlier-greeting', agentStep: 'fix-login', gate: asked.id };
}

const pendingGates = async (house: House) => successOf(await viewOf(listGates(house.connection, { state: 'pending' })));

const neverIn = (house: House): string => join(house.repository.root, '../never');
