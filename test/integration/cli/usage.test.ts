import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../../../main/cli/command-table.ts';
import { pretendRepository } from '../../support/pretended-repository.ts';
import { runCli, runCliAt, screenOf } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOBODY = 'http://127.0.0.1:1';
const ONE_SOURCE =
  'submit requires exactly one primary input source: positional task file, --task-json, --prompt-file, --goal, or --stdin';
const DIRECT_ONLY =
  'direct metadata flags (--title, --context, --adapter, --timeout, --policy, --acceptance, --validation) ' +
  'are only supported with --prompt-file, --goal, or --stdin';

describe('submit refuses (CLI-6)', () => {
  it.each([
    [['d'], 'invalid submit input', ONE_SOURCE],
    [['d', 'task.yaml', '--goal', 'x'], 'invalid submit input', ONE_SOURCE],
    [['d', '--goal', 'x', '--stdin'], 'invalid submit input', ONE_SOURCE],
    [['d', 'task.yaml', '--title', 'T'], 'invalid submit input', DIRECT_ONLY],
    [['d', '--task-json', '-', '--validation', 'true'], 'invalid submit input', DIRECT_ONLY],
    [['d', 'a.yaml', 'b.yaml'], 'invalid submit input', 'submit accepts at most one positional task file'],
    [['d', 'a', 'b', 'c'], 'invalid submit input', 'submit accepts at most one positional task file'],
    [['d', '--goal', 'x', '--nope'], 'invalid submit input', 'unknown submit flag "--nope"'],
    [['d', '--goal'], 'invalid submit input', '--goal requires a value'],
    [['d', '--task-json'], 'invalid submit input', '--task-json requires a value'],
    [['d', '--goal', 'x', '--validation'], 'invalid submit input', '--validation requires a value'],
    [
      ['d', '--goal', 'x', '--timeout', 'abc'],
      'invalid submit input',
      '--timeout expects an integer number of seconds',
    ],
    [
      ['d', '--goal', 'x', '--timeout', '1.5'],
      'invalid submit input',
      '--timeout expects an integer number of seconds',
    ],
    [['--goal', 'x'], 'invalid submit input', 'submit requires a run ID, or --new-run'],
    [['d', '--goal', '   '], 'preparing task submission', 'direct input is empty'],
    [
      ['d', 'nofile.yaml'],
      'preparing task submission',
      'could not read task spec file: open nofile.yaml: no such file or directory',
    ],
    [['d', '-h'], 'preparing task submission', 'could not read task spec file: open -h: no such file or directory'],
  ])('%j', async (args, error, message) => {
    // `--json` in front, so that it is no value of a flag that lacks one.
    const asJson = await runCliAt(NOBODY, ['submit', '--json', ...args]);
    expect(asJson).toMatchObject({ exitCode: 1, stderr: '' });
    expect(JSON.parse(asJson.stdout)).toEqual({ error, message });
    expect(await runCliAt(NOBODY, ['submit', ...args])).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/^[^\n]+\n(?:[^\n]*What it takes: codencer submit --help\n)?$/),
    });
    expect((await runCliAt(NOBODY, ['submit', ...args])).stderr.startsWith(`${error}: ${message}\n`)).toBe(true);
  });

  it('a call without anything, with its usage on stderr', async () => {
    const { exitCode, stdout, stderr } = await runCli(['submit']);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Usage: codencer submit <runID>/);
  });
});

describe('words that are no command (CLI-17)', () => {
  it('nothing at all shows everything', async () => {
    const { exitCode, stdout, stderr } = await runCli([]);
    expect([exitCode, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^Usage: codencer <command>/);
  });

  it.each([
    [['nope'], 'Unknown command: nope', 'What there is: codencer --help\n'],
    [['--nope'], 'Unknown command: --nope', 'What there is: codencer --help\n'],
    [['sbumit'], 'Unknown command: sbumit', 'Did you mean: codencer submit\n'],
    [['run', 'foo'], 'Unknown run command: foo', 'What there is: codencer run --help\n'],
    [['step', 'reslt'], 'Unknown step command: reslt', 'Did you mean: codencer step result\n'],
    [['salvage', 'foo'], 'Unknown salvage command: foo', 'What there is: codencer salvage --help\n'],
  ])('%j', async (args, text, nextStep) => {
    const { exitCode, stderr } = await runCli(args);
    expect([exitCode, stderr]).toEqual([1, `${text}\n${nextStep}`]);
    const asJson = await runCli([...args, '--json']);
    expect(JSON.parse(asJson.stdout)).toEqual({ error: 'unknown command', message: text });
  });

  it('an unknown command shows everything on stdout in a pipe, as inherited, and one below a group nothing', async () => {
    expect((await runCli(['nope'])).stdout).toMatch(/^Usage: /);
    expect((await runCli(['run', 'foo'])).stdout).toBe('');
  });

  it('an unknown command on a terminal is two lines', async () => {
    expect(await runCli(['sbumit'], { screen: screenOf(80) })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'Unknown command: sbumit\nDid you mean: codencer submit\n',
    });
  });

  it.each([['run'], ['step'], ['gate'], ['audit'], ['salvage']])(
    '%s alone shows what it has, and exits 1',
    async (group) => {
      const { exitCode, stdout, stderr } = await runCli([group]);
      expect([exitCode, stderr]).toEqual([1, '']);
      expect(stdout).toMatch(new RegExp(`^Usage: codencer ${group} <`));
    },
  );

  it.each([
    [['--help']],
    [['help']],
    [['run', '--help']],
    [['run', 'start', '--help']],
    [['submit', '--help']],
    [['help', 'submit']],
    [['help', 'step', 'wait']],
    [['help', 'step']],
    [['gate', 'help']],
  ])('%j helps and exits 0', async (args) => {
    const { exitCode, stdout, stderr } = await runCli(args);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: codencer /);
  });
});

describe('a flag that is mistyped (CLI-17)', () => {
  it('is told with the one that it looks like', async () => {
    const { stderr } = await runCli(['run', 'list', '--staet', 'x']);
    const nextStep = 'Did you mean --state? What it takes: codencer run list --help';
    expect(stderr).toBe(`invalid usage: unknown flag "--staet"\n${nextStep}\n`);
  });
});

describe('the help of a group', () => {
  it.each(['run', 'step', 'gate', 'salvage', 'audit', 'antigravity', 'attempt', 'artifact', 'config'])(
    '%s fits into 80 columns and names every argument',
    async (group) => {
      const rows = SECTIONS.flatMap((section) => section.rows).filter(({ words }) => words.startsWith(`${group} `));
      const { stdout } = await runCli([group, '--help']);
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
      for (const { words, args, summary } of rows) {
        expect(stdout).toContain(`  ${words} ${args}`.trimEnd());
        expect(stdout).toContain(summary);
      }
    },
  );
});

describe('the overview', () => {
  it('fits into 80 columns', async () => {
    const { stdout } = await runCli(['help']);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('every command', () => {
  it.each([
    'run state',
    'run status',
    'run wait',
    'run abort',
    'run complete',
    'step list',
    'step state',
    'step status',
    'step wait',
    'step result',
    'step logs',
    'step activity',
    'step artifacts',
    'step validations',
    'step diff',
    'step open',
    'step retry',
    'step cancel',
    'step resolve',
    'run tree',
    'attempt list',
    'attempt show',
    'attempt log',
    'attempt activity',
    'artifact list',
    'artifact cat',
    'artifact save',
    'run watch',
    'step watch',
    'config get',
    'config set',
    'completion',
    'gate approve',
    'gate reject',
    'gate frob',
    'gate show',
    'executor show',
    'executor probe',
    'salvage show',
    'salvage restore',
    'salvage release',
  ])('%s without its id shows its usage on stdout and exits 1', async (words) => {
    const { exitCode, stdout, stderr } = await runCli(words.split(' '));
    expect([exitCode, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^Usage: codencer (run|step|attempt|artifact|gate|executor|salvage|config|completion) /);
  });

  it.each([
    ['run list', ['--nope'], 'unknown flag "--nope"'],
    ['run state', ['r', 'x'], 'unexpected argument "x"'],
    ['run start', ['r', 'p', 'x'], 'unexpected argument "x"'],
    ['run start', ['--project'], '--project requires a value'],
    ['step resolve', ['s', '--as', 'completed'], 'step resolve needs --as <state> and --reason <text>'],
    ['up', ['--port', '99999'], '--port expects a number between 0 and 65535'],
    ['up', ['--repo-root', '/nowhere/at/all'], '--repo-root /nowhere/at/all is no folder'],
    ['daemon', ['--port', 'x'], '--port expects a number between 0 and 65535'],
  ])('%s %j says what is wrong', async (words, args, message) => {
    const cwd = temporaryFolder();
    pretendRepository(cwd);
    const asJson = await runCli([...words.split(' '), '--json', ...args], { cwd });
    expect(asJson.exitCode).toBe(1);
    const document = { error: 'invalid usage', message: expect.stringContaining(message) };
    expect(JSON.parse(asJson.stdout)).toMatchObject(document);
    const forPeople = await runCli([...words.split(' '), ...args], { cwd });
    expect(forPeople.stderr.startsWith(`invalid usage: ${message}`)).toBe(true);
  });
});

describe('without a daemon (CLI-3)', () => {
  it.each([[['instance']], [['run', 'list']], [['step', 'wait', 's']], [['submit', 'd', '--goal', 'g', '--wait']]])(
    '%j exits 5 with one line that says how to start it',
    async (args) => {
      const { exitCode, stdout, stderr } = await runCliAt(NOBODY, args);
      expect([exitCode, stdout]).toEqual([5, '']);
      expect(stderr.split('\n').filter((line) => line.includes('connecting'))).toEqual([
        'connecting to orchestratord: no daemon answers at http://127.0.0.1:1 (connection refused); start a daemon with: codencer up',
      ]);
      const asJson = await runCliAt(NOBODY, [...args, '--json']);
      expect(asJson.exitCode).toBe(5);
      expect(JSON.parse(asJson.stdout)).toMatchObject({ error: 'connecting to orchestratord' });
    },
  );

  it('in a repository says so without asking anybody', async () => {
    const cwd = temporaryFolder();
    pretendRepository(cwd);
    const { exitCode, stderr } = await runCli(['run', 'list'], { cwd });
    expect(exitCode).toBe(5);
    expect(stderr).toBe(`connecting to orchestratord: no daemon runs for ${cwd}; start a daemon with: codencer up\n`);
  });

  it('passes an empty folder .git, as git does', async () => {
    const root = temporaryFolder();
    pretendRepository(root);
    const cwd = join(root, 'inside');
    mkdirSync(join(cwd, '.git'), { recursive: true });
    expect((await runCli(['run', 'list'], { cwd })).stderr).toContain(`no daemon runs for ${root};`);
    writeFileSync(join(cwd, '.git/HEAD'), 'ref: refs/heads/main\n');
    expect((await runCli(['run', 'list'], { cwd })).stderr).toContain(`no daemon runs for ${root};`);
    rmSync(join(cwd, '.git'), { recursive: true });
    writeFileSync(join(cwd, '.git'), 'gitdir: /nowhere\n');
    expect((await runCli(['run', 'list'], { cwd })).stderr).toContain(`no daemon runs for ${cwd};`);
  });

  it('down has nothing to do', async () => {
    const cwd = temporaryFolder();
    pretendRepository(cwd);
    expect(await runCli(['down', '--json'], { cwd })).toMatchObject({
      exitCode: 0,
      stdout: '{\n  "status": "not_running"\n}\n',
    });
  });

  it('down never ends a stranger that has the id of a daemon gone', async () => {
    const cwd = temporaryFolder();
    pretendRepository(cwd);
    mkdirSync(join(cwd, '.codencer'));
    const file = { base_url: NOBODY, pid: process.pid };
    writeFileSync(join(cwd, '.codencer/instance.json'), JSON.stringify(file));
    const { exitCode, stderr } = await runCli(['down'], { cwd });
    expect(exitCode).toBe(5);
    expect(stderr).toContain('left alone');
  });

  it('up outside of a repository says what to do', async () => {
    const { exitCode, stderr } = await runCli(['up'], { cwd: temporaryFolder() });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('git init');
  });
});
