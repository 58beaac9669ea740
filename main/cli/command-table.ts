import type { CommandSection } from './command-section.ts';
import { daemonSection } from './sections/daemon-section.ts';
import { evidenceSection } from './sections/evidence-section.ts';
import { executorsSection } from './sections/executors-section.ts';
import { gatesSection } from './sections/gates-section.ts';
import { moreSection } from './sections/more-section.ts';
import { runsSection } from './sections/runs-section.ts';
import { stepsSection } from './sections/steps-section.ts';

/** Every command, in the order in which the overview shows them. Each loads only what it needs. */
export const SECTIONS: readonly CommandSection[] = [
  daemonSection,
  runsSection,
  stepsSection,
  evidenceSection,
  gatesSection,
  executorsSection,
  moreSection,
];

/** Other words for the same command, inherited. */
export const ALIASES: Readonly<Record<string, string>> = {
  'run status': 'run state',
  'step status': 'step state',
  'step start': 'submit',
};

/** The plural of a group lists, and otherwise means the group. */
export const PLURALS: ReadonlyMap<string, string> = new Map([
  ['runs', 'run'],
  ['steps', 'step'],
  ['gates', 'gate'],
  ['attempts', 'attempt'],
  ['artifacts', 'artifact'],
  ['executors', 'executor'],
  ['tokens', 'token'],
]);
