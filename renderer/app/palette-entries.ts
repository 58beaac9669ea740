import type { ClientGate } from '../../contract/client/client-gate.ts';
import type { ClientQueue } from '../../contract/client/client-queue.ts';
import type { ClientRun } from '../../contract/client/client-run.ts';
import type { ListedInstance } from '../../contract/client/machine-routes.ts';
import { repositoryName } from '../words/repository-name.ts';
import { type Noun, stateWords } from '../words/states.ts';
import { COMMANDS, type Command, type PageActions } from './commands.ts';

/** A line of the palette. */
export interface PaletteEntry {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  /** At its right: a state, a path. */
  readonly hint: string;
  /** As a command has them. */
  readonly keys: string;
  /** What it is found by besides its label. */
  readonly also: string;
  readonly run: (page: PageActions) => void;
}

const NOT_LISTED: ReadonlySet<string> = new Set(['palette']);

export const commandEntries: readonly PaletteEntry[] = COMMANDS.filter(({ id }) => !NOT_LISTED.has(id)).map(entryOf);

function entryOf({ id, group, label, keys, run }: Command): PaletteEntry {
  return { id, group, label, hint: '', keys, also: group, run };
}

export const gateEntries = (gates: readonly ClientGate[]): readonly PaletteEntry[] =>
  gates.map(({ id, description, runId, state }) => ({
    ...objectEntry('gate', id, state),
    group: 'Needs you',
    label: description,
    also: `${id} ${runId}`,
    run: (page) => page.go(`/inbox/${encodeURIComponent(id)}`),
  }));

/** What runs, then what waits. */
export const stepEntries = ({ running, waiting }: ClientQueue): readonly PaletteEntry[] => [
  ...running.map(({ stepId, title, state, stepState }) => stepEntry(stepId, title, stepState || state)),
  ...waiting.map(({ stepId, title }) => stepEntry(stepId, title, 'pending')),
];

const stepEntry = (stepId: string, title: string, state: string): PaletteEntry => ({
  ...objectEntry('step', stepId, state),
  group: 'Steps',
  label: title === '' ? stepId : title,
  also: stepId,
  run: (page) => page.go(`/steps/${encodeURIComponent(stepId)}`),
});

export const runEntries = (runs: readonly ClientRun[]): readonly PaletteEntry[] =>
  runs.map(({ id, state, projectId, plannerId }) => ({
    ...objectEntry('run', id, state),
    group: 'Runs',
    label: id,
    also: `${projectId} ${plannerId}`,
    run: (page) => page.go(`/runs/${encodeURIComponent(id)}`),
  }));

const objectEntry = (noun: Noun, id: string, state: string) => ({
  id: `${noun} ${id}`,
  hint: stateWords(noun, state).label,
  keys: '',
});

/** The others; a daemon that does not run is said so. */
export const instanceEntries = (
  instances: readonly ListedInstance[],
  openWindow: (url: string) => void,
): readonly PaletteEntry[] =>
  instances.flatMap(({ instance, isSelf, state }) =>
    instance === null || isSelf
      ? []
      : [
          {
            id: `instance ${instance.id}`,
            group: 'Other instances',
            label: repositoryName(instance.repoRoot),
            hint: state === 'live' ? instance.repoRoot : 'does not run',
            keys: '',
            also: instance.repoRoot,
            run: () => openWindow(`${instance.baseUrl}/i/${encodeURIComponent(instance.id)}/`),
          },
        ],
  );
