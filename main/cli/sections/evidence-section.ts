import type { CommandSection } from '../command-table.ts';

export const evidenceSection: CommandSection = {
  title: 'Evidence',
  rows: [
    {
      words: 'step result',
      args: '<stepID>',
      summary: 'The authoritative summary',
      load: () => import('../commands/step-result.ts'),
    },
    {
      words: 'step logs',
      args: '<stepID> [--attempt id] [--stream s] [--follow]',
      summary: 'Output of the executor',
      load: () => import('../commands/step-logs.ts'),
    },
    {
      words: 'step artifacts',
      args: '<stepID>',
      summary: 'Files of evidence',
      load: () => import('../commands/step-artifacts.ts'),
    },
    {
      words: 'step validations',
      args: '<stepID>',
      summary: 'What was checked',
      load: () => import('../commands/step-validations.ts'),
    },
    {
      words: 'step diff',
      args: '<stepID>',
      summary: 'The change as a patch',
      load: () => import('../commands/step-diff.ts'),
    },
    {
      words: 'step open',
      args: '<stepID>',
      summary: 'Where its work is, or how to bring it back',
      load: () => import('../commands/step-open.ts'),
    },
    {
      words: 'attempt list',
      args: '<stepID>',
      summary: 'Attempts of a step',
      load: () => import('../commands/attempt-list.ts'),
    },
    {
      words: 'attempt show',
      args: '<attemptID>',
      summary: 'One attempt',
      load: () => import('../commands/attempt-show.ts'),
    },
    {
      words: 'attempt log',
      args: '<attemptID> [--stream s] [--follow]',
      summary: 'Its output',
      load: () => import('../commands/attempt-log.ts'),
    },
    {
      words: 'artifact list',
      args: '<stepID> [--attempt id]',
      summary: 'Artifacts of a step, with their ids',
      load: () => import('../commands/artifact-list.ts'),
    },
    {
      words: 'artifact cat',
      args: '<artifactID>',
      summary: 'Its content',
      load: () => import('../commands/artifact-cat.ts'),
    },
    {
      words: 'artifact save',
      args: '<artifactID> [path] [--force]',
      summary: 'Its content into a file',
      load: () => import('../commands/artifact-save.ts'),
    },
    {
      words: 'salvage list',
      args: '',
      summary: 'Everything that was saved',
      load: () => import('../commands/salvage-list.ts'),
    },
    {
      words: 'salvage show',
      args: '<attemptID>',
      summary: 'What was saved of one attempt',
      load: () => import('../commands/salvage-show.ts'),
    },
    {
      words: 'salvage restore',
      args: '<attemptID> [--into folder]',
      summary: 'Bring it back',
      load: () => import('../commands/salvage-restore.ts'),
    },
    {
      words: 'salvage release',
      args: '<attemptID> [--yes]',
      summary: 'Give it up',
      load: () => import('../commands/salvage-release.ts'),
    },
    {
      words: 'events',
      args: '[--run id] [--step id] [--last n] [--follow]',
      summary: 'What happened, and what happens',
      load: () => import('../commands/events.ts'),
    },
    {
      words: 'audit verify',
      args: '',
      summary: 'Re-check every event and artifact',
      load: () => import('../commands/audit-verify.ts'),
    },
  ],
};
