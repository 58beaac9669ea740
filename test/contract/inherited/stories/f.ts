import type { Story } from '../case.ts';
import { CHANGE_CASES } from './f-changes.ts';
import { RUN_CASES } from './f-runs.ts';
import { STEP_CASES } from './f-steps.ts';

/** Everything that changes something, asked for by hand. */
export const F: Story = {
  section: 'F',
  title: 'changes over plain HTTP',
  cases: [...RUN_CASES, ...STEP_CASES, ...CHANGE_CASES],
};
