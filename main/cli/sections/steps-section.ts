import type { CommandSection } from '../command-section.ts';

export const stepsSection: CommandSection = {
  title: 'Steps',
  rows: [
    {
      words: 'submit',
      args: '<runID>|--new-run <source> [flags] [--wait]',
      summary: 'Hand a task over',
      exits: '0 as soon as the step is recorded; with --wait as every wait',
      load: () => import('../commands/submit.ts'),
    },
    {
      words: 'queue',
      args: '',
      summary: 'What runs, and what waits for what',
      load: () => import('../commands/queue.ts'),
    },
    { words: 'step list', args: '<runID>', summary: 'Steps of a run', load: () => import('../commands/step-list.ts') },
    { words: 'step state', args: '<stepID>', summary: 'One step', load: () => import('../commands/step-state.ts') },
    {
      words: 'step wait',
      args: '<stepID> [--interval d] [--timeout d]',
      summary: 'Wait until it ends or needs somebody',
      exits: 'as every wait',
      load: () => import('../commands/step-wait.ts'),
    },
    {
      words: 'step watch',
      args: '<stepID> [--timeout d]',
      summary: 'See it change, until a wait would end',
      exits: 'as every wait',
      load: () => import('../commands/step-watch.ts'),
    },
    {
      words: 'step cancel',
      args: '<stepID> [--reason text]',
      summary: 'End a step; its work is kept',
      load: () => import('../commands/step-cancel.ts'),
    },
    {
      words: 'step retry',
      args: '<stepID> [--reason text] [--resume-session] [--answer text]',
      summary: 'Make another attempt of a step',
      load: () => import('../commands/step-retry.ts'),
    },
    {
      words: 'step resolve',
      args: '<stepID> --as state --reason text',
      summary: 'Say what really happened',
      load: () => import('../commands/step-resolve.ts'),
    },
  ],
};
