import type { CommandSection } from '../command-section.ts';

export const daemonSection: CommandSection = {
  title: 'The daemon of this repository',
  rows: [
    {
      words: 'up',
      args: '[--repo-root p] [--port n] [--config f] [--sim]',
      summary: 'Start the daemon in the background',
      load: () => import('../commands/up.ts'),
    },
    {
      words: 'open',
      args: '[--print]',
      summary: 'Open the dashboard in a browser',
      load: () => import('../commands/open.ts'),
    },
    { words: 'down', args: '[--repo-root p]', summary: 'Stop the daemon', load: () => import('../commands/down.ts') },
    {
      words: 'daemon',
      args: '[--repo-root p] [--port n] [--config f]',
      summary: 'Run the daemon in the foreground',
      exits: '0 after it was asked to end, 1 when it cannot start, 2 for a flag that it does not know',
      load: () => import('../commands/daemon.ts'),
    },
    {
      words: 'instance',
      args: '[--json]',
      summary: 'Which daemon answers here',
      load: () => import('../commands/instance.ts'),
    },
    {
      words: 'config list',
      args: '',
      summary: 'Every setting, and where it came from',
      load: () => import('../commands/config-list.ts'),
    },
    {
      words: 'config get',
      args: '<key>',
      summary: 'Value of one setting',
      load: () => import('../commands/config-get.ts'),
    },
    {
      words: 'config set',
      args: '<key> <value>|--unset',
      summary: 'Write a setting into the configuration file',
      load: () => import('../commands/config-set.ts'),
    },
    {
      words: 'token list',
      args: '',
      summary: 'Who was given a token: windows and programs',
      load: () => import('../commands/token-list.ts'),
    },
    {
      words: 'token revoke',
      args: '<tokenID>',
      summary: 'Take a token back',
      load: () => import('../commands/token-revoke.ts'),
    },
    {
      words: 'doctor',
      args: '[--json]',
      summary: 'Check this machine and the daemon',
      exits: '5 when something is a problem; warnings alone are 0',
      load: () => import('../commands/doctor.ts'),
    },
  ],
};
