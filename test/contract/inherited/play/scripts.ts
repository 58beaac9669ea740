import type { Fact } from './facts.ts';
import type { ClientRun } from './run-client.ts';
import type { Stage } from './stage.ts';

/** The inherited scripts, as the calls that they make and the keys that they read of the answers. */
export const SCRIPTS: readonly (readonly [string, Fact])[] = [
  ['smoke of six submits', smokeOfSix],
  ...['file', 'goal', 'stdin', 'task-json'].map((mode) => [`smoke ${mode}`, smokeOf(mode)] as const),
  ...['goal', 'task-file', 'task-json', 'prompt-file'].flatMap((mode) =>
    ['sh', 'py'].map((language) => [`task list ${language} ${mode}`, taskList(language, mode)] as const),
  ),
];

/** Stops at the first command that fails, as a script under `set -e` does. */
function scriptOn(stage: Stage) {
  const problems: string[] = [];
  const call = async (argv: readonly string[], { stdin, exit = 0 }: { stdin?: string; exit?: number } = {}) => {
    const found = await stage.client(argv, stdin === undefined ? {} : { stdin });
    if (found.exit !== exit) throw new Error(`${argv.join(' ')} exited ${found.exit}: ${found.stdout}${found.stderr}`);
    return found;
  };
  const must = (isSo: boolean, sentence: string): void => {
    if (!isSo) problems.push(sentence);
  };
  return { call, must, problems };
}

/** A key of the document, as `jq -r` prints it. */
function read({ stdout }: ClientRun, key: string): string {
  const found: unknown = Reflect.get(Object(JSON.parse(stdout)), key);
  return typeof found === 'string' ? found : JSON.stringify(found ?? null);
}

async function smokeOfSix(stage: Stage): Promise<readonly string[]> {
  const { call, must, problems } = scriptOn(stage);
  await call(['instance', '--json']);
  await call(['run', 'start', 'smoke-v1', '--project', 'codencer-smoke', '--json']);
  const submit = (source: readonly string[], stdin?: string) =>
    call(['submit', 'smoke-v1', ...source, '--wait', '--json'], stdin === undefined ? {} : { stdin });
  await submit(['tasks/one.yaml']);
  await submit(['--prompt-file', 'prompts/one.md', '--adapter', 'codex']);
  await submit(['--goal', 'Do it', '--adapter', 'codex']);
  await submit(['--stdin', '--adapter', 'codex'], 'Do it\n');
  await submit(['--task-json', '-'], '{"version":"v1","goal":"g","adapter_profile":"codex"}');
  const listed: unknown = JSON.parse((await call(['step', 'list', 'smoke-v1', '--json'])).stdout);
  const last: unknown = Array.isArray(listed) ? listed.at(-1) : null;
  const stepId = String(Reflect.get(Object(last), 'id'));
  must(Array.isArray(listed) && listed.length === 5, `five steps are listed: ${JSON.stringify(listed)}`);
  for (const noun of ['result', 'logs', 'artifacts']) await call(['step', noun, stepId]);
  return problems;
}

const SMOKE_SOURCES: ReadonlyMap<string, readonly string[]> = new Map([
  ['file', ['tasks/one.yaml']],
  ['goal', ['--goal', 'Do it', '--adapter', 'codex']],
  ['stdin', ['--stdin', '--adapter', 'codex']],
  ['task-json', ['--task-json', 'tasks/one.json']],
]);

/** It looks for a quoted word in the answer of one route before it uses a daemon. */
function smokeOf(mode: string): Fact {
  return async (stage) => {
    const { call, must, problems } = scriptOn(stage);
    const run = `smoke-${mode}`;
    const probe = await stage.daemon().request('GET', '/api/v1/compatibility');
    must(probe.text.includes('"tier"'), `the daemon shows that it is one: ${probe.text}`);
    await call(['run', 'start', run, '--project', 'smoke-project', '--json']);
    const stdin = mode === 'stdin' ? 'Do it\n' : '';
    const done = await call(['submit', run, ...(SMOKE_SOURCES.get(mode) ?? []), '--wait', '--json'], { stdin });
    const state = read(done, 'state');
    must(['completed', 'completed_with_warnings', 'failed_terminal'].includes(state), `it passes on ${state}`);
    const ownId = read(done, 'id');
    const listed: unknown = JSON.parse((await call(['step', 'list', run, '--json'])).stdout);
    const stepId = ownId === 'null' && Array.isArray(listed) ? String(Reflect.get(Object(listed.at(-1)), 'id')) : ownId;
    const shown = await call(['step', 'result', stepId]);
    must(shown.stdout.includes('Authoritative Truth'), `the result is shown: ${shown.stdout}`);
    return problems;
  };
}

const LISTS: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  [
    'goal',
    [
      ['--goal', 'one', '--title', 'Task 1'],
      ['--goal', 'two', '--title', 'Task 2'],
    ],
  ],
  ['task-file', [['tasks/one.yaml'], ['tasks/two.yaml']]],
  [
    'task-json',
    [
      ['--task-json', 'tasks/one.json'],
      ['--task-json', 'tasks/two.json'],
    ],
  ],
  [
    'prompt-file',
    [
      ['--prompt-file', 'prompts/one.md'],
      ['--prompt-file', 'prompts/two.md'],
    ],
  ],
]);

/** Starts the run when the daemon does not know it (exit 1, and `status` 404 in the document), then one task after another. */
function taskList(language: string, mode: string): Fact {
  return async (stage) => {
    const { call, must, problems } = scriptOn(stage);
    const run = `auto-${language}-${mode}`;
    if (language === 'sh') {
      const instance = await call(['instance', '--json']);
      must(read(instance, 'repo_root') === stage.repository.root, 'it says which repository it works on');
    }
    const missing = await call(['run', 'state', run, '--json'], { exit: 1 });
    must(read(missing, 'status') === '404', `an unknown run is known by its status: ${missing.stdout}`);
    await call(['run', 'start', run, '--project', 'demo', '--json']);
    const reused = await call(['run', 'state', run, '--json']);
    must(read(reused, 'project_id') === 'demo', `its project is read: ${reused.stdout}`);
    const isDirect = mode === 'goal' || mode === 'prompt-file';
    for (const source of LISTS.get(mode) ?? []) {
      const done = await call([
        'submit',
        run,
        ...source,
        ...(isDirect ? ['--adapter', 'codex'] : []),
        '--wait',
        '--json',
      ]);
      must(read(done, 'state') === 'completed', `the state is read: ${done.stdout}`);
      must(read(done, 'step_id') !== 'null', `the id is read: ${done.stdout}`);
    }
    return problems;
  };
}
