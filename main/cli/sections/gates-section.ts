import type { CommandSection } from '../command-section.ts';

export const gatesSection: CommandSection = {
  title: 'Gates',
  rows: [
    {
      words: 'gate list',
      args: '[--run id] [--step id] [--state s]',
      summary: 'Gates',
      load: () => import('../commands/gate-list.ts'),
    },
    { words: 'gate show', args: '<gateID>', summary: 'What is asked', load: () => import('../commands/gate-show.ts') },
    {
      words: 'gate approve',
      args: '<gateID> [--reason text] [--digest d]',
      summary: 'Let it go on',
      load: () => import('../commands/gate-decide.ts'),
    },
    {
      words: 'gate reject',
      args: '<gateID> [--reason text] [--digest d]',
      summary: 'End it',
      load: () => import('../commands/gate-decide.ts'),
    },
  ],
};
