import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openAnswer } from '../../support/http-request.ts';
import { createHunt, type Hunt, huntInFiles } from '../../support/secret-hunt.ts';
import { command, createTaskClient, type TaskResult } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';
import { waitUntil } from '../../support/wait-until.ts';

const PRINTER = join(import.meta.dirname, '../../fixtures/programs/print-secret.mjs');
const LONG_MS = 60_000;

/** Known by the look of its name, by its name, by declaration, and by its place in an address. */
const ENVIRONMENT = {
  ACME_API_KEY: 'k3y+/=& "quoted" \\back\\ zürich%20 <tag>?',
  DEPLOY_TOKEN: 'tok_9f8e7d6c5b4a39281706',
  PLAIN_SETTING: 'declared-only-value-77',
  DATABASE_URL: 'postgres://app:p4ssw0rd-in-url-91@db.internal/x',
};
/** A planner sends this one along, so what it has sent holds it. */
const RECIPE = { RECIPE_TOKEN: 'recipe_0a1b2c3d4e5f6a7b' };
const SAME_NAME = { FIRST_TOKEN: 'first_0f1e2d3c4b5a6978', SECOND_TOKEN: 'second_9d8c7b6a5f4e3d2c' };
const SECRETS = { ...ENVIRONMENT, DATABASE_URL: 'p4ssw0rd-in-url-91' };
const SENT_BY_PLANNER = /normalized-task\.json$|original-input\.\w+$|codencer\.db(-wal|-shm)?$/;

/** Folders that are empty once every worktree is gone. */
const LEAVING = ['.codencer/workspace', '.codencer/git/worktrees'];

const print = (size: number, names: readonly string[] = Object.keys(ENVIRONMENT)) =>
  `'${process.execPath}' '${PRINTER}' ${size} ${names.join(',')}`;

async function startWithSecrets(repository: TemporaryRepository): Promise<TestDaemon> {
  const env = { ...ENVIRONMENT, CODENCER_REDACT: 'PLAIN_SETTING', CODENCER_SLOTS: '3' };
  return startTestDaemon({ repoRoot: repository.root, env });
}

function declareHook(root: string, hook: string): void {
  mkdirSync(join(root, '.codencer'), { recursive: true });
  const content = { provisioning: { hooks: { post_create: hook } } };
  writeFileSync(join(root, '.codencer/workspace.json'), JSON.stringify(content));
}

describe('a secret that programs print', { timeout: LONG_MS }, () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon;
  let client: ReturnType<typeof createTaskClient>;
  let hunt: Hunt;
  let huntForSent: Hunt;
  const results = new Map<string, TaskResult>();

  beforeAll(async () => {
    repository = createRepository();
    daemon = await startWithSecrets(repository);
    client = createTaskClient(daemon);
    hunt = createHunt({ ...SECRETS, OUR_TOKEN: daemon.token });
    huntForSent = createHunt({ ...RECIPE, ...SAME_NAME });
    await client.startRun('printing');
    declareHook(repository.root, `${print(3)}`);
    await runPrinters();
    declareHook(repository.root, `${print(4096)}; "$DEPLOY_TOKEN"`);
    results.set('hook fails', await client.run('printing', command('true')));
  }, LONG_MS);
  afterAll(async () => {
    await daemon.stop();
    repository.remove();
  });

  async function runPrinters(): Promise<void> {
    const names = [...Object.keys(ENVIRONMENT), 'RECIPE_TOKEN'];
    const recipeOf = (run: string) => ({ adapter_profile: 'command', recipe: { steps: [{ run, env: RECIPE }] } });
    const token = `SECRET="$(cat '${repository.root}/.codencer/token')"`;
    const tasks = {
      'byte by byte': recipeOf(print(1, names)),
      'in parts': recipeOf(print(7, names)),
      'at once': recipeOf(print(65_536, names)),
      validations: {
        ...command('true'),
        validations: [
          { name: 'prints', command: print(5) },
          { name: 'prints and fails', command: `${print(9)}; exit 3`, required: false },
          { name: 'is not a command', command: '"$ACME_API_KEY"', required: false },
        ],
      },
      'is not a command': command('exec "$DEPLOY_TOKEN"'),
      'two of one name': {
        adapter_profile: 'command',
        recipe: {
          steps: Object.values(SAME_NAME).map((value) => ({
            run: print(100, ['RECIPE_TOKEN']),
            env: { RECIPE_TOKEN: value },
          })),
        },
      },
      'names it': recipeOf(`false ${RECIPE.RECIPE_TOKEN} ${'padding '.repeat(4)}${RECIPE.RECIPE_TOKEN}`),
      'names it in a folder': {
        adapter_profile: 'command',
        recipe: { steps: [{ run: 'true', cwd: RECIPE.RECIPE_TOKEN, env: RECIPE }] },
      },
      'reads our token': command(`${token} ${print(11, ['SECRET'])}`),
      'shows its environment': command('env; tr "\\0" "\\n" < /proc/self/environ >&2'),
      'is cut off': { ...command(`${print(13)}; ${print(1)}; sleep 60`), timeout_seconds: 2 },
    };
    await Promise.all(
      Object.entries(tasks).map(async ([name, task]) => results.set(name, await client.run('printing', task))),
    );
  }

  const resultOf = (name: string): TaskResult => {
    const result = results.get(name);
    if (result === undefined) throw new Error(`no result of ${name}`);
    return result;
  };
  const readArtifact = (name: string, artifact: string): string =>
    readFileSync(resultOf(name).artifacts?.[artifact] ?? '', 'utf8');

  it('leaves marks where it was', () => {
    for (const name of ['byte by byte', 'in parts', 'at once', 'is cut off']) {
      for (const log of ['stdout.log', 'stderr.log']) {
        expect(readArtifact(name, log)).toContain('json in json: <');
        expect(readArtifact(name, log).match(/\[redacted\]/g)?.length).toBeGreaterThan(50);
      }
    }
    expect(resultOf('is cut off').state).toBe('timeout');
    expect(readArtifact('reads our token', 'stdout.log')).toContain('plain: <[redacted]>');
    expect(readArtifact('is not a command', 'stderr.log')).toContain('[redacted]');
    expect(readArtifact('validations', 'validations/1-prints.stdout.log')).toContain('[redacted]');
    expect(readArtifact('validations', 'validations/2-prints%20and%20fails.stderr.log')).toContain('[redacted]');
    expect(readArtifact('validations', 'validations/3-is%20not%20a%20command.stderr.log')).toContain('[redacted]');
    expect(JSON.stringify(resultOf('at once'))).toMatch(/plain: <\[redacted\]>/);
    expect(resultOf('hook fails')).toMatchObject({ state: 'failed_bridge', failure_class: 'provisioning_failed' });
    expect(JSON.stringify(resultOf('hook fails'))).toContain('[redacted]');
    expect(resultOf('names it').summary).toContain('[redacted]');
  });

  it('is in no file, while the daemon runs and after it has ended', async () => {
    await waitUntil(() => LEAVING.every((folder) => readdirSync(join(repository.root, folder)).length === 0));
    expectNoFiles();
    await daemon.stop();
    expectNoFiles();
    daemon = await startWithSecrets(repository);
  });

  function expectNoFiles(): void {
    const finds = [join(repository.root, '.codencer'), join(repository.root, '../state')].flatMap((folder) => [
      ...huntInFiles(hunt, folder).filter(({ where }) => where !== 'token'),
      ...huntInFiles(huntForSent, folder).filter(({ where }) => !SENT_BY_PLANNER.test(where)),
    ]);
    expect([...finds, ...hunt('what the daemon says', daemon.output())]).toEqual([]);
  }

  it('is in no answer and no event', async () => {
    const answers = await everyAnswer(daemon, [...results.values()]);
    expect(answers.length).toBeGreaterThan(100);
    const finds = answers.flatMap(({ path, text }) => [
      ...hunt(path, text),
      ...(path.endsWith('/content') ? [] : huntForSent(path, text)),
    ]);
    expect(finds).toEqual([]);
  });

  it('is not told to a program when it is ours', () => {
    for (const log of ['stdout.log', 'stderr.log']) {
      const variables = readArtifact('shows its environment', log);
      expect(variables).toMatch(/^DEPLOY_TOKEN=\[redacted\]$/m);
      expect(variables.match(/^CODENCER_\w+/gm)).toEqual(['CODENCER_MARK']);
    }
  });
});

/** Everything that the API says about these steps, and about itself. */
async function everyAnswer(
  daemon: TestDaemon,
  results: readonly TaskResult[],
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const get = async (path: string) => {
    const { status, text, headers } = await daemon.request('GET', path);
    if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
    return { path, text: `${JSON.stringify([...headers])}\n${text}` };
  };
  const wide = ['runs', 'runs/printing', 'runs/printing/steps', 'runs/printing/gates', 'gates', 'salvage', 'instance'];
  const paths = [...wide, 'audit/verify', 'diagnostics', 'events?format=json'].map((path) => `/api/v1/${path}`);
  for (const { attempt_id: attemptId } of results) {
    const step = `/api/v1/steps/${attemptId.replace(/-a\d+$/, '')}`;
    const parts = ['', '/result', '/attempts', '/artifacts', '/validations', '/diff', '/logs', '/logs?stream=stderr'];
    const logParts = ['/logs?offset=100&limit=5000', '/logs?follow=1'];
    paths.push(...[...parts, ...logParts].map((part) => step + part), `/api/v1/attempts/${attemptId}`);
    const artifacts = (await daemon.request('GET', `${step}/artifacts`)).json;
    const ids = z.array(z.looseObject({ id: z.string() })).parse(artifacts ?? []);
    paths.push(...ids.flatMap(({ id }) => [`/api/v1/artifacts/${id}`, `/api/v1/artifacts/${id}/content`]));
  }
  const answers: { readonly path: string; readonly text: string }[] = [];
  for (const path of paths) answers.push(await get(path));
  return [...answers, { path: 'event stream', text: await readStream(daemon) }];
}

/** The stream of events up to the newest one. */
async function readStream(daemon: TestDaemon): Promise<string> {
  const { port, token } = daemon;
  const events = (await daemon.request('GET', '/api/v1/events?format=json')).json;
  const last =
    z
      .array(z.looseObject({ seq: z.number() }))
      .parse(events)
      .at(-1)?.seq ?? 0;
  const headers = { authorization: `Bearer ${token}` };
  const response = await openAnswer({ port, path: '/api/v1/events?after=0', headers });
  let text = '';
  for await (const chunk of response) {
    text += String(chunk);
    if (text.includes(`id: ${last}\n`)) break;
  }
  return text;
}

describe('a secret in the work itself', { timeout: LONG_MS }, () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon;
  let client: ReturnType<typeof createTaskClient>;

  beforeAll(async () => {
    repository = createRepository({ 'README.md': '# test\n', '.gitignore': '.env\n' });
    daemon = await startWithSecrets(repository);
    client = createTaskClient(daemon);
    await client.startRun('work');
  });
  afterAll(async () => {
    await daemon.stop();
    repository.remove();
  });

  const KEY = ENVIRONMENT.ACME_API_KEY;
  const work = (run: string) => ({ adapter_profile: 'command', recipe: { steps: [{ run, env: RECIPE }] } });
  /** Artifacts that hold a secret, besides what the planner itself has sent. */
  async function markedWorkOf({ attempt_id: attemptId }: TaskResult): Promise<readonly string[]> {
    const stepId = attemptId.replace(/-a\d+$/, '');
    const artifacts = (await daemon.request('GET', `/api/v1/steps/${stepId}/artifacts`)).json;
    const rows = z.array(z.looseObject({ name: z.string(), contains_secret: z.boolean() })).parse(artifacts);
    return rows.flatMap((row) => (row.contains_secret && !SENT_BY_PLANNER.test(row.name) ? [row.name] : []));
  }

  const refOf = (result: TaskResult): string => result.salvage?.refs[0]?.name ?? '';

  it('stays in the salvage ref and the patch byte for byte, and both are marked', async () => {
    const result = await client.run('work', command('printf "%s\\n" "$ACME_API_KEY" > key.txt'));
    expect(result).toMatchObject({
      state: 'completed',
      files_changed: ['key.txt'],
      salvage: { contains_secret: true },
    });
    expect(repository.git('show', `${refOf(result)}:key.txt`)).toBe(`${KEY}\n`);
    const patch = result.artifacts?.['diff.patch'] ?? '';
    expect(readFileSync(patch, 'utf8')).toContain(`+${KEY}\n`);
    const stepId = result.attempt_id.replace(/-a\d+$/, '');
    const diff = await daemon.request('GET', `/api/v1/steps/${stepId}/diff`);
    expect(diff.text).toBe(readFileSync(patch, 'utf8'));
    expect(await markedWorkOf(result)).toEqual(['diff.patch']);
  });

  const PLACES: readonly (readonly [string, string, RegExp?])[] = [
    ['an ignored file', 'printf %s "$DEPLOY_TOKEN" > .env; echo x > y'],
    ['a binary file', 'printf "\\0\\1%s\\0" "$DEPLOY_TOKEN" > key.bin', /^diff\.patch$/],
    [
      'a commit that a later one takes back',
      'printf %s "$DEPLOY_TOKEN" > k; git add k; git commit -qm k; git rm -q k; git commit -qm gone; echo x > y',
    ],
    [
      'a commit that was dropped',
      'printf %s "$DEPLOY_TOKEN" > k; git add k; git commit -qm dropped; git reset -q --hard HEAD~1; echo x > y',
    ],
    [
      'a nested repository',
      'git init -q inner; printf %s "$DEPLOY_TOKEN" > inner/k; echo x > y',
      /^nested-inner-.*\.bundle$/,
    ],
    ['a variable of the recipe', 'printf %s "$RECIPE_TOKEN" > key.txt', /^diff\.patch$/],
  ];
  for (const [place, run, packed] of PLACES) {
    it(`is marked in ${place}`, async () => {
      const result = await client.run('work', work(`${run.replaceAll('git ', IDENTIFIED_GIT)}`));
      expect(result).toMatchObject({ state: 'completed', salvage: { contains_secret: true } });
      expect(await markedWorkOf(result)).toEqual(packed === undefined ? [] : [expect.stringMatching(packed)]);
    });
  }

  it('marks nothing else', async () => {
    const result = await client.run('work', work('echo "token" > token.txt; echo noise > .env'));
    expect(result).toMatchObject({ state: 'completed', salvage: { contains_secret: false } });
  });

  it('is taken out of what a validation prints about the work', async () => {
    const validations = [{ name: 'shows it', command: 'cat key.txt' }];
    const task = { ...work('printf "%s\\n" "$RECIPE_TOKEN" > key.txt'), validations };
    const result = await client.run('work', task);
    const shown = result.artifacts?.['validations/1-shows%20it.stdout.log'] ?? '';
    expect(readFileSync(shown, 'utf8')).toBe('[redacted]\n');
  });
});

const IDENTIFIED_GIT = 'git -c user.name=a -c user.email=a@b.invalid ';
