import type { Story } from '../case.ts';
import { SERVICE_MISTAKES } from './e-service.ts';
import { SUBMIT_MISTAKES } from './e-submit.ts';

/** Mistakes, and how each is told. */
export const E: Story = {
  section: 'E',
  title: 'mistakes on the command line',
  files: {
    'README.md': '# sample\n',
    'in/task.yaml': 'goal: Fix the bug\nadapter_profile: codex\n',
    'in/bad.json': '{bad',
    'in/mismatch.json': '{"run_id":"other","goal":"g"}',
    'in/bad.yaml': 'goal: [a\n',
  },
  given: [{ run: 'day0' }],
  cases: [...SUBMIT_MISTAKES, ...SERVICE_MISTAKES],
};
