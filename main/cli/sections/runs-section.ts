import type { CommandSection } from '../command-section.ts';

export const runsSection: CommandSection = {
  title: 'Runs',
  rows: [
    {
      words: 'run start',
      args: '[id] [project] [flags]',
      summary: 'Open a run',
      load: () => import('../commands/run-start.ts'),
    },
    {
      words: 'run list',
      args: '[--project p] [--conversation c] [--state s]',
      summary: 'Newest runs first',
      load: () => import('../commands/run-list.ts'),
    },
    { words: 'run state', args: '<runID>', summary: 'One run', load: () => import('../commands/run-state.ts') },
    {
      words: 'run wait',
      args: '<runID> [--interval d] [--timeout d]',
      summary: 'Wait until it ends or pauses for a gate',
      exits: 'as every wait',
      load: () => import('../commands/run-wait.ts'),
    },
    {
      words: 'run watch',
      args: '<runID> [--timeout d]',
      summary: 'See it change, until a wait would end',
      exits: 'as every wait',
      load: () => import('../commands/run-watch.ts'),
    },
    {
      words: 'run tree',
      args: '<runID>',
      summary: 'Everything in a run',
      load: () => import('../commands/run-tree.ts'),
    },
    {
      words: 'run abort',
      args: '<runID>',
      summary: 'End a run and everything in it',
      load: () => import('../commands/run-abort.ts'),
    },
    {
      words: 'run complete',
      args: '<runID>',
      summary: 'Close a run',
      load: () => import('../commands/run-complete.ts'),
    },
  ],
};
