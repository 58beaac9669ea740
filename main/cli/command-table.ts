import type { RunnableCommand } from './define-command.ts';

export interface CommandRow {
  /** The words that name it, after the program. */
  readonly words: string;
  readonly args: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: RunnableCommand }>;
}

export interface CommandSection {
  readonly title: string;
  readonly rows: readonly CommandRow[];
}

/** Every command, in the order in which the overview shows them. Each loads only what it needs. */
export const SECTIONS: readonly CommandSection[] = [
  {
    title: 'The daemon of this repository',
    rows: [
      {
        words: 'up',
        args: '[--repo-root p] [--port n] [--config f] [--sim]',
        summary: 'Start it in the background',
        load: () => import('./commands/up.ts'),
      },
      { words: 'down', args: '[--repo-root p]', summary: 'Stop it', load: () => import('./commands/down.ts') },
      {
        words: 'daemon',
        args: '[--repo-root p] [--port n] [--config f]',
        summary: 'Run it in the foreground',
        load: () => import('./commands/daemon.ts'),
      },
      {
        words: 'instance',
        args: '[--json]',
        summary: 'Which daemon answers here',
        load: () => import('./commands/instance.ts'),
      },
      {
        words: 'config list',
        args: '',
        summary: 'Every setting, and where it came from',
        load: () => import('./commands/config-list.ts'),
      },
      {
        words: 'config get',
        args: '<key>',
        summary: 'One setting',
        load: () => import('./commands/config-get.ts'),
      },
      {
        words: 'config set',
        args: '<key> <value>|--unset',
        summary: 'Write one into the configuration file',
        load: () => import('./commands/config-set.ts'),
      },
      {
        words: 'doctor',
        args: '[--json]',
        summary: 'Check this machine and the daemon',
        load: () => import('./commands/doctor.ts'),
      },
    ],
  },
  {
    title: 'Runs',
    rows: [
      {
        words: 'run start',
        args: '[id] [project] [flags]',
        summary: 'Open a run',
        load: () => import('./commands/run-start.ts'),
      },
      {
        words: 'run list',
        args: '[--project p] [--conversation c] [--state s]',
        summary: 'Newest runs first',
        load: () => import('./commands/run-list.ts'),
      },
      { words: 'run state', args: '<runID>', summary: 'One run', load: () => import('./commands/run-state.ts') },
      {
        words: 'run wait',
        args: '<runID> [--interval d] [--timeout d]',
        summary: 'Wait until it ends or pauses for a gate',
        load: () => import('./commands/run-wait.ts'),
      },
      {
        words: 'run watch',
        args: '<runID> [--timeout d]',
        summary: 'See it change, until a wait would end',
        load: () => import('./commands/run-watch.ts'),
      },
      {
        words: 'run tree',
        args: '<runID>',
        summary: 'Everything in it',
        load: () => import('./commands/run-tree.ts'),
      },
      {
        words: 'run abort',
        args: '<runID>',
        summary: 'End it and everything in it',
        load: () => import('./commands/run-abort.ts'),
      },
      { words: 'run complete', args: '<runID>', summary: 'Close it', load: () => import('./commands/run-complete.ts') },
    ],
  },
  {
    title: 'Steps',
    rows: [
      {
        words: 'submit',
        args: '<runID>|--new-run <source> [flags] [--wait]',
        summary: 'Hand a task over',
        load: () => import('./commands/submit.ts'),
      },
      {
        words: 'queue',
        args: '',
        summary: 'What runs, and what waits for what',
        load: () => import('./commands/queue.ts'),
      },
      { words: 'step list', args: '<runID>', summary: 'Steps of a run', load: () => import('./commands/step-list.ts') },
      { words: 'step state', args: '<stepID>', summary: 'One step', load: () => import('./commands/step-state.ts') },
      {
        words: 'step wait',
        args: '<stepID> [--interval d] [--timeout d]',
        summary: 'Wait until it ends or needs somebody',
        load: () => import('./commands/step-wait.ts'),
      },
      {
        words: 'step watch',
        args: '<stepID> [--timeout d]',
        summary: 'See it change, until a wait would end',
        load: () => import('./commands/step-watch.ts'),
      },
      {
        words: 'step cancel',
        args: '<stepID> [--reason text]',
        summary: 'End it; its work is kept',
        load: () => import('./commands/step-cancel.ts'),
      },
      {
        words: 'step retry',
        args: '<stepID> [--reason text]',
        summary: 'Another attempt',
        load: () => import('./commands/step-retry.ts'),
      },
      {
        words: 'step resolve',
        args: '<stepID> --as state --reason text',
        summary: 'Say what really happened',
        load: () => import('./commands/step-resolve.ts'),
      },
    ],
  },
  {
    title: 'Evidence',
    rows: [
      {
        words: 'step result',
        args: '<stepID>',
        summary: 'The authoritative summary',
        load: () => import('./commands/step-result.ts'),
      },
      {
        words: 'step logs',
        args: '<stepID> [--attempt id] [--stream s] [--follow]',
        summary: 'Output of the executor',
        load: () => import('./commands/step-logs.ts'),
      },
      {
        words: 'step artifacts',
        args: '<stepID>',
        summary: 'Files of evidence',
        load: () => import('./commands/step-artifacts.ts'),
      },
      {
        words: 'step validations',
        args: '<stepID>',
        summary: 'What was checked',
        load: () => import('./commands/step-validations.ts'),
      },
      {
        words: 'step diff',
        args: '<stepID>',
        summary: 'The change as a patch',
        load: () => import('./commands/step-diff.ts'),
      },
      {
        words: 'step open',
        args: '<stepID>',
        summary: 'Where its work is, or how to bring it back',
        load: () => import('./commands/step-open.ts'),
      },
      {
        words: 'attempt list',
        args: '<stepID>',
        summary: 'Attempts of a step',
        load: () => import('./commands/attempt-list.ts'),
      },
      {
        words: 'attempt show',
        args: '<attemptID>',
        summary: 'One attempt',
        load: () => import('./commands/attempt-show.ts'),
      },
      {
        words: 'attempt log',
        args: '<attemptID> [--stream s] [--follow]',
        summary: 'Its output',
        load: () => import('./commands/attempt-log.ts'),
      },
      {
        words: 'artifact list',
        args: '<stepID> [--attempt id]',
        summary: 'Artifacts of a step, with their ids',
        load: () => import('./commands/artifact-list.ts'),
      },
      {
        words: 'artifact cat',
        args: '<artifactID>',
        summary: 'Its content',
        load: () => import('./commands/artifact-cat.ts'),
      },
      {
        words: 'artifact save',
        args: '<artifactID> [path] [--force]',
        summary: 'Its content into a file',
        load: () => import('./commands/artifact-save.ts'),
      },
      {
        words: 'salvage list',
        args: '',
        summary: 'Everything that was saved',
        load: () => import('./commands/salvage-list.ts'),
      },
      {
        words: 'salvage show',
        args: '<attemptID>',
        summary: 'What was saved of one attempt',
        load: () => import('./commands/salvage-show.ts'),
      },
      {
        words: 'salvage restore',
        args: '<attemptID> [--into folder]',
        summary: 'Bring it back',
        load: () => import('./commands/salvage-restore.ts'),
      },
      {
        words: 'salvage release',
        args: '<attemptID> [--yes]',
        summary: 'Give it up',
        load: () => import('./commands/salvage-release.ts'),
      },
      {
        words: 'events',
        args: '[--run id] [--step id] [--last n] [--follow]',
        summary: 'What happened, and what happens',
        load: () => import('./commands/events.ts'),
      },
      {
        words: 'audit verify',
        args: '',
        summary: 'Re-check every event and artifact',
        load: () => import('./commands/audit-verify.ts'),
      },
    ],
  },
  {
    title: 'Gates',
    rows: [
      {
        words: 'gate list',
        args: '[--run id] [--step id] [--state s]',
        summary: 'Gates',
        load: () => import('./commands/gate-list.ts'),
      },
      { words: 'gate show', args: '<gateID>', summary: 'What is asked', load: () => import('./commands/gate-show.ts') },
      {
        words: 'gate approve',
        args: '<gateID> [--reason text] [--digest d]',
        summary: 'Let it go on',
        load: () => import('./commands/gate-decide.ts'),
      },
      {
        words: 'gate reject',
        args: '<gateID> [--reason text] [--digest d]',
        summary: 'End it',
        load: () => import('./commands/gate-decide.ts'),
      },
    ],
  },
  {
    title: 'More',
    rows: [
      {
        words: 'demo',
        args: '[--keep]',
        summary: 'See all of it in half a minute',
        load: () => import('./commands/demo.ts'),
      },
      {
        words: 'antigravity list',
        args: '',
        summary: 'Antigravity instances that could be bound',
        load: () => import('./commands/antigravity-list.ts'),
      },
      {
        words: 'antigravity bind',
        args: '<PID>',
        summary: 'Bind one to this repository',
        load: () => import('./commands/antigravity-bind.ts'),
      },
      {
        words: 'antigravity unbind',
        args: '',
        summary: 'Forget it',
        load: () => import('./commands/antigravity-unbind.ts'),
      },
      {
        words: 'antigravity status',
        args: '',
        summary: 'Which one is bound',
        load: () => import('./commands/antigravity-status.ts'),
      },
      {
        words: 'completion',
        args: '<bash|zsh|fish|powershell>',
        summary: 'Completion for a shell',
        load: () => import('./commands/completion.ts'),
      },
      { words: 'version', args: '', summary: 'The version', load: () => import('./commands/version.ts') },
    ],
  },
];

/** Other words for the same command, inherited. */
export const ALIASES: Readonly<Record<string, string>> = {
  'run status': 'run state',
  'step status': 'step state',
  'step start': 'submit',
};

/** The plural of a group lists, and otherwise means the group. */
export const PLURALS: ReadonlyMap<string, string> = new Map([
  ['runs', 'run'],
  ['steps', 'step'],
  ['gates', 'gate'],
  ['attempts', 'attempt'],
  ['artifacts', 'artifact'],
]);
