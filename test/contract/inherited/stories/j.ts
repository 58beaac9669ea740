import { fixed, type Story } from '../case.ts';

export const J: Story = {
  section: 'J',
  title: 'many submits in a row',
  given: [{ run: 'race' }],
  cases: [
    {
      id: 'J1',
      name: '25 submits, each waited for',
      label: fixed(3, '15 of 25 failed: 7 because the step was not there yet, 8 because one lock stood for all', [
        'all 25 complete',
        'the step is on disk before the 202, and every attempt has a worktree of its own',
      ]),
      fact: '25 submits complete',
    },
  ],
};
