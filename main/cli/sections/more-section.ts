import type { CommandSection } from '../command-section.ts';

export const moreSection: CommandSection = {
  title: 'More',
  rows: [
    {
      words: 'demo',
      args: '[--agent a] [--keep]',
      summary: 'See it at work, with an agent or without',
      exits: '2 when a step of it did not do what it should',
      load: () => import('../commands/demo.ts'),
    },
    {
      words: 'antigravity list',
      args: '',
      summary: 'Antigravity instances that could be bound',
      load: () => import('../commands/antigravity-list.ts'),
    },
    {
      words: 'antigravity bind',
      args: '<PID>',
      summary: 'Bind one to this repository',
      load: () => import('../commands/antigravity-bind.ts'),
    },
    {
      words: 'antigravity unbind',
      args: '',
      summary: 'Forget the one that is bound',
      load: () => import('../commands/antigravity-unbind.ts'),
    },
    {
      words: 'antigravity status',
      args: '',
      summary: 'Which one is bound',
      load: () => import('../commands/antigravity-status.ts'),
    },
    {
      words: 'completion',
      args: '<bash|zsh|fish|powershell>',
      summary: 'Completion for a shell',
      load: () => import('../commands/completion.ts'),
    },
    { words: 'version', args: '', summary: 'The version', load: () => import('../commands/version.ts') },
  ],
};
