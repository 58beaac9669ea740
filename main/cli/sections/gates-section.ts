import type { CommandSection } from '../command-section.ts';

export const gatesSection: CommandSection = {
  title: 'Gates',
  rows: [
    {
      words: 'gate list',
      args: '[--run id] [--step id] [--state s]',
      summary: 'Gates, open and decided',
      load: () => import('../commands/gate-list.ts'),
    },
    { words: 'gate show', args: '<gateID>', summary: 'What is asked', load: () => import('../commands/gate-show.ts') },
    {
      words: 'gate approve',
      args: '<gateID> [--reason text] [--digest d] [--for-attempt]',
      summary: 'Let a step go on, or an agent do it',
      load: () => import('../commands/gate-decide.ts'),
    },
    {
      words: 'gate reject',
      args: '<gateID> [--reason text] [--digest d]',
      summary: 'End a step, or tell an agent no',
      load: () => import('../commands/gate-decide.ts'),
    },
  ],
};
