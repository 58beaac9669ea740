import { join } from 'node:path';
import fc from 'fast-check';
import { LINE_BYTES } from '../../support/numbered-lines.ts';
import {
  type Plan,
  type PlannedAction,
  type PlannedStepWork,
  plannedActions,
  planStepWork,
} from '../../support/planned-work.ts';
import type { Random } from '../../support/random.ts';

const PROGRAMS = join(import.meta.dirname, '../../fixtures/programs');

/** A policy that wants a person for every change. It is committed in the repository. */
export const GATE_POLICY = 'storm_gate';
export const POLICY_FILES = {
  [`config/policies/${GATE_POLICY}.yaml`]: `version: v1\nname: ${GATE_POLICY}\ngate_when: { changed_files_over: 0 }\n`,
};

/** A task, and what its programs are known to do. */
export interface DrawnTask {
  readonly task: Readonly<Record<string, unknown>>;
  readonly work: PlannedStepWork | null;
  /** How much a program prints that ends by itself. */
  readonly printedBytes: number | null;
  /** It never ends by itself. */
  readonly isEndless: boolean;
}

const KINDS = { work: 10, stay: 3, hang: 1, outlive: 1, print: 3, leave: 2, quick: 2 } as const;

/** `name` belongs to this task alone; `folder` is outside of the repository. */
export function drawTask(
  random: Random,
  { folder, name }: { readonly folder: string; readonly name: string },
): DrawnTask {
  const kind = random.weighted(KINDS);
  const planned = (ending: Plan['ending'], more: object = {}): DrawnTask => {
    const work = planStepWork(folder, { name, ending, actions: drawActions(random) });
    return drawn(random, { command: work.command, work, more });
  };
  switch (kind) {
    case 'work':
      return planned(random.isChance(0.8) ? 'succeed' : 'fail');
    case 'stay':
      return { ...planned('hang'), isEndless: true };
    case 'hang':
      return planned('hang', { timeout_seconds: 1 + random.below(2) });
    case 'outlive':
      return planned('outlive');
    case 'print': {
      const bytes = LINE_BYTES * (1 + random.below(60_000));
      return { ...drawn(random, { command: node('print-numbered-lines.mjs', String(bytes)) }), printedBytes: bytes };
    }
    case 'leave':
      return drawn(random, {
        command: node('leave-child.mjs', random.pick(['plain', 'ignoring', 'new-session', 'double-fork'])),
      });
    case 'quick':
      return drawn(random, { command: 'echo quick > quick.txt' });
  }
}

const drawActions = (random: Random): readonly PlannedAction[] =>
  fc.sample(plannedActions, { numRuns: 1, seed: random.below(2 ** 31) })[0] ?? [];

const node = (program: string, argument: string): string =>
  `exec '${process.execPath}' '${join(PROGRAMS, program)}' ${argument}`;

interface Parts {
  readonly command: string;
  readonly work?: PlannedStepWork;
  readonly more?: object;
}

function drawn(random: Random, { command, work, more }: Parts): DrawnTask {
  const task = {
    version: 'v1',
    goal: 'weather the storm',
    adapter_profile: 'command',
    recipe: { steps: [{ run: command }] },
    priority: random.below(3),
    ...(random.isChance(0.3) ? { validations: drawValidations(random) } : {}),
    ...(random.isChance(0.25) ? { policy_bundle: GATE_POLICY } : {}),
    ...(random.isChance(0.5) ? { retry: drawRetry(random) } : {}),
    ...(random.isChance(0.1) ? { not_before: new Date(Date.now() + random.below(1500)).toISOString() } : {}),
    ...more,
  };
  return { task, work: work ?? null, printedBytes: null, isEndless: false };
}

const drawValidations = (random: Random): readonly object[] =>
  Array.from({ length: 1 + random.below(2) }, () => ({
    command: random.pick(['true', 'sleep 0.1', 'echo more > validated.txt', 'ls -la', 'false']),
    required: random.isChance(0.5),
  }));

const drawRetry = (random: Random): object => ({
  max_attempts: 2 + random.below(8),
  base_seconds: 0,
  on: random.isChance(0.5) ? ['interrupted'] : ['interrupted', 'command_failed', 'timeout', 'validation_failed'],
});
