import type { CommandSection } from '../command-section.ts';

export const executorsSection: CommandSection = {
  title: 'Executors',
  rows: [
    {
      words: 'executor list',
      args: '',
      summary: 'Who can be given a task here',
      load: () => import('../commands/executor-list.ts'),
    },
    {
      words: 'executor show',
      args: '<executor>',
      summary: 'One of them, with its profile',
      load: () => import('../commands/executor-show.ts'),
    },
    {
      words: 'executor probe',
      args: '<executor>',
      summary: 'The same, its program asked anew',
      load: () => import('../commands/executor-probe.ts'),
    },
  ],
};
