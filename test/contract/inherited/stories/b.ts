import type { Story } from '../case.ts';
import { RUN_COMMANDS } from './b-runs.ts';
import { STEP_COMMANDS } from './b-steps.ts';

/** What somebody does on the first day, as the inherited read-me tells it. */
export const B: Story = {
  section: 'B',
  title: 'the first day with the client',
  cases: [...RUN_COMMANDS, ...STEP_COMMANDS],
};
