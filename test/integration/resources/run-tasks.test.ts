import { execFile } from 'node:child_process';
import { appendFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT_CLI } from '../../support/built-programs.ts';
import { createSchemaJudge } from '../../support/schema-judge.ts';
import { findWrappers, makeBareBin, runWrapper } from '../../support/task-list-wrappers.ts';
import { createRepository } from '../../support/temporary-repository.ts';

const repository = createRepository();
const { root } = repository;
const write = (path: string, content: string): void => repository.write(path, content);
const folder = join(root, '..');
const state = { XDG_STATE_HOME: join(folder, 'state'), HOME: folder };
const bareEnvironment = { PATH: makeBareBin(folder), ...state };
const run = promisify(execFile);
const cli = async (...args: readonly string[]): Promise<string> =>
  (await run(process.execPath, [BUILT_CLI, ...args], { cwd: root, env: { PATH: process.env['PATH'], ...state } }))
    .stdout;

beforeAll(() => cli('up', '--sim', '--port', '0'), 60_000);
afterAll(async () => {
  await cli('down');
  repository.remove();
}, 60_000);

const taskOf = (simulation: object): string =>
  JSON.stringify({ version: 'v1', title: 'One of a list', adapter_profile: 'simulation', simulation });

/** Ids differ from run to run; everything else is compared. */
const withoutIds = (text: string): string => text.replace(/step-[a-z0-9]{12}/g, 'STEP');

describe.each(findWrappers().map((wrapper) => [wrapper.name, wrapper] as const))(
  '%s',
  { timeout: 120_000 },
  (name, wrapper) => {
    /** Each wrapper has runs of its own. */
    const runId = (topic: string): string => `${topic}.${name}`;
    const play = (...args: readonly string[]) => runWrapper(wrapper, args, { cwd: root, env: bareEnvironment });
    const playList = (topic: string, list: string, ...args: readonly string[]) =>
      play('--run-id', runId(topic), '--project', 'shop', '--tasks-file', list, ...args);

    it('stops at the first failure, goes on with --resume, and leaves out what has completed', async () => {
      write('first task.json', taskOf({}));
      write('-second task.json', taskOf({ exit_code: 3 }));
      write('lists/tasks.txt', '# in order\nfirst task.json\r\n\n-second task.json\n-second task.json');
      const args = ['stop', 'lists/tasks.txt', '--input-mode', 'task-file'] as const;
      const stopped = await playList(...args);
      expect(withoutIds(stopped.stdout)).toBe(
        [
          '[1/3] completed: first task.json (STEP)',
          '[2/3] failed_terminal, exit 2: -second task.json (STEP)',
          '3 tasks: 1 completed, 1 failed, 1 not run.\n',
        ].join('\n'),
      );
      expect(stopped.exitCode).toBe(2);
      expect(stopped.stderr).toContain('        Simulated failure of simulation: exit status 3\n');
      expect(stopped.stderr).toMatch(/To go on where this ended, run the same again with --resume\.\n$/);
      write('-second task.json', taskOf({}));
      const resumed = await playList(...args, '--resume');
      expect(withoutIds(resumed.stdout)).toBe(
        [
          '[1/3] completed (from before): first task.json (STEP)',
          '[2/3] completed: -second task.json (STEP)',
          '[3/3] completed: -second task.json (STEP)',
          '3 tasks: 3 completed, 0 failed, 0 not run.\n',
        ].join('\n'),
      );
      expect(resumed.exitCode).toBe(0);
      const steps = JSON.parse(await cli('step', 'list', runId('stop'), '--json'));
      expect(steps).toHaveLength(4);
    });

    it('goes on after a failure when told, with one document that is the same for all', async () => {
      write('lists/goals.txt', '\uFEFF--say "hi" <to> & \\all\n  \n#no\nünï\tcode $(date) `id`');
      const { exitCode, stdout } = await playList(
        'continue',
        'lists/goals.txt',
        ...'--input-mode goal --adapter codex --continue-on-failure --json'.split(' '),
        '--validation',
        'exit 3',
        '--title-prefix',
        'Part of it',
      );
      expect(withoutIds(stdout).replaceAll(name, 'NAME')).toBe(GOALS_DOCUMENT);
      expect(createSchemaJudge()('run-tasks.json', JSON.parse(stdout))).toBeNull();
      expect(exitCode).toBe(2);
      const steps = JSON.parse(await cli('step', 'list', runId('continue'), '--json'));
      expect(steps.map((step: { title: string; goal: string }) => [step.title, step.goal])).toEqual([
        ['Part of it 1', '--say "hi" <to> & \\all'],
        ['Part of it 2', 'ünï\tcode $(date) `id`'],
      ]);
    });

    it('takes prompt files and tasks as JSON', async () => {
      write("what's to do.md", '# To do\n\nThis.\n');
      write('lists/prompts.txt', "what's to do.md");
      write('lists/json.txt', 'first task.json');
      const flags = ['--adapter', 'codex', '--acceptance', 'done', '--acceptance', 'really'];
      const prompts = await playList('inputs', 'lists/prompts.txt', '--input-mode', 'prompt-file', ...flags);
      expect(withoutIds(prompts.stdout)).toContain("[1/1] completed: what's to do.md (STEP)\n");
      const json = await playList('inputs', 'lists/json.txt', '--input-mode', 'task-json');
      expect(withoutIds(json.stdout)).toContain('[1/1] completed: first task.json (STEP)\n');
    });

    it('waits on for what somebody has to decide, and for a step that it had no time to note', async () => {
      write('ask.json', taskOf({ question: 'Left or right?' }));
      write('lists/ask.txt', 'ask.json');
      const args = ['ask', 'lists/ask.txt', '--input-mode', 'task-file'] as const;
      const asked = await playList(...args);
      expect([asked.exitCode, withoutIds(asked.stdout).split('\n')[0]]).toEqual([
        4,
        '[1/1] needs_approval, exit 4: ask.json (STEP)',
      ]);
      const [step] = JSON.parse(await cli('step', 'list', runId('ask'), '--json'));
      await cli('gate', 'approve', `gate-${step.id}`);
      const progress = join(root, `.codencer/run-tasks/${runId('ask')}.tsv`);
      writeFileSync(progress, readFileSync(progress, 'utf8').split('\n').slice(0, 1).join('\n').concat('\n'));
      const resumed = await playList(...args, '--resume');
      expect([resumed.exitCode, resumed.stdout.split('\n')[0]]).toEqual([
        0,
        `[1/1] completed (from before): ask.json (${step.id})`,
      ]);
    });

    it('submits a line anew that was changed, and never takes an older step of the run for its own', async () => {
      write('lists/change.txt', 'first task.json');
      const args = ['change', 'lists/change.txt', '--input-mode', 'task-file', '--json'] as const;
      await playList(...args);
      write('other.json', taskOf({}));
      write('lists/change.txt', 'other.json\nfirst task.json');
      appendFileSync(join(root, `.codencer/run-tasks/${runId('change')}.tsv`), '2\t-\tfirst task.json\n');
      const { results } = JSON.parse((await playList(...args, '--resume')).stdout);
      expect(results.map(({ resumed }: { resumed: boolean }) => resumed)).toEqual([false, false]);
    });

    it('says what is wrong with the order, and with the daemon', async () => {
      write('lists/empty.txt', '# nothing\n');
      const list = ['--run-id', 'r', '--input-mode', 'task-file', '--tasks-file'];
      const rows: readonly (readonly [readonly string[], string])[] = [
        [['--tasks-file'], '--tasks-file requires a value'],
        [['--tasks-file', 'x', '--input-mode', 'goal'], '--run-id is required'],
        [['--run-id', 'r'], '--tasks-file is required'],
        [['--run-id', 'r', '--tasks-file', 'x', '--input-mode', 'y'], MODES],
        [[...list, 'x', '--json=1'], 'Unknown argument: --json=1'],
        [[...list, 'x', '--policy', 'p'], '--policy goes with --input-mode prompt-file and goal only'],
        [[...list, 'x', '--title-prefix', 'p'], '--title-prefix goes with --input-mode goal only'],
        [[...list, 'no such list'], 'cannot read the list no such list'],
        [[...list, 'lists/empty.txt'], 'the list lists/empty.txt holds no task'],
      ];
      for (const [args, sentence] of rows) {
        const refused = await play(...args);
        expect(refused).toEqual({ exitCode: 1, stdout: '', stderr: `${sentence}\nWhat it takes: run-tasks --help\n` });
      }
      write('lists/one.txt', 'first task.json');
      const noRun = await play('--run-id', 'nobody', '--input-mode', 'task-file', '--tasks-file', 'lists/one.txt');
      expect([noRun.exitCode, noRun.stdout]).toEqual([1, '']);
      expect(noRun.stderr).toContain('run nobody does not exist; --project <project> creates it');
      const elsewhere = { cwd: root, env: { ...bareEnvironment, ORCHESTRATORD_URL: 'http://127.0.0.1:9' } };
      const noDaemon = await runWrapper(wrapper, [...list, 'lists/one.txt', '--json'], elsewhere);
      expect(noDaemon.exitCode).toBe(5);
      expect(JSON.parse(noDaemon.stdout)).toMatchObject({ error: 'connecting to orchestratord' });
      expect(noDaemon.stderr).toContain('no daemon answers at http://127.0.0.1:9');
    });

    it('writes no progress through a link that a repository could have brought', async () => {
      write('theirs.txt', 'mine');
      write('.codencer/run-tasks/.keep', '');
      write('lists/link.txt', 'a goal');
      symlinkSync('../../theirs.txt', join(root, `.codencer/run-tasks/${runId('link')}.tsv`));
      const played = await playList('link', 'lists/link.txt', '--input-mode', 'goal');
      expect([played.exitCode, played.stdout]).toEqual([5, '']);
      expect(played.stderr).toContain(`The progress is not written through the link `);
      expect(readFileSync(join(root, 'theirs.txt'), 'utf8')).toBe('mine');
    });

    it('says nothing that steers a terminal, whatever the list holds', async () => {
      write('lists/steering.txt', 'a\u001b]0;x\u0007 \u009b2J\u007f \u202e\u2066 ä“b');
      const played = await playList('steering', 'lists/steering.txt', '--input-mode', 'task-file');
      expect(played.exitCode).toBe(1);
      for (const text of [played.stdout, played.stderr]) {
        expect(text).toContain(' ä“b');
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }
    });

    it('explains itself', async () => {
      const help = await play('--help');
      expect([help.exitCode, help.stdout]).toEqual([0, readUsage()]);
    });
  },
);

const MODES = '--input-mode must be task-file, task-json, prompt-file or goal';
const AUTOMATION = join(import.meta.dirname, '../../../resources/automation');
const readWrapper = (name: string): string => readFileSync(join(AUTOMATION, name), 'utf8');

/** The words of one stand for all. */
const readUsage = (): string =>
  /^Usage: run-tasks .*? 130 interrupted\.\n/ms.exec(readWrapper('run-tasks.sh'))?.[0] ?? '';

describe('the four wrappers', () => {
  it.each(['run-tasks.mjs', 'run-tasks.py', 'run-tasks.ps1'])(
    '%s has the usage of run-tasks.sh, word for word',
    (name) => {
      expect(readUsage()).not.toBe('');
      expect(readWrapper(name)).toContain(readUsage());
    },
  );

  it.each(['run-tasks.sh', 'run-tasks.mjs', 'run-tasks.py', 'run-tasks.ps1'])('%s evaluates no text', (name) => {
    expect(readWrapper(name)).not.toMatch(/\b(eval|Invoke-Expression|iex)\b|shell=True|shell: true|os\.system/);
  });

  it('run-tasks.ps1 has as many opening braces and brackets as closing ones', () => {
    const code = readWrapper('run-tasks.ps1')
      .replace(/@'.*?'@/gs, '')
      .replace(/^\s*#.*$/gm, '');
    const count = (text: string): number => code.split(text).length;
    expect([count('{'), count('('), count('@"')]).toEqual([count('}'), count(')'), count('"@')]);
  });
});

const GOALS_DOCUMENT = `{
  "run_id": "continue.NAME",
  "project": "shop",
  "input_mode": "goal",
  "continue_on_failure": true,
  "tasks_total": 2,
  "tasks_succeeded": 0,
  "tasks_failed": 2,
  "tasks_not_run": 0,
  "results": [
    {
      "index": 1,
      "source": "--say \\"hi\\" \\u003cto\\u003e \\u0026 \\\\all",
      "step_id": "STEP",
      "state": "failed_validation",
      "exit_code": 2,
      "resumed": false,
      "message": "Validation failed: 0 passed, 1 failed."
    },
    {
      "index": 2,
      "source": "ünï\\tcode $(date) \`id\`",
      "step_id": "STEP",
      "state": "failed_validation",
      "exit_code": 2,
      "resumed": false,
      "message": "Validation failed: 0 passed, 1 failed."
    }
  ],
  "final_exit_code": 2
}
`;
