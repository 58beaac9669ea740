import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../../contract/result.ts';
import { configReader } from '../../../../main/daemon/adapters/files/config-reader.ts';
import { type ConfigFlags, resolveConfig } from '../../../../main/daemon/config/resolve-config.ts';
import { describeSource } from '../../../../main/daemon/config/setting.ts';
import { DOTENV_VARIABLES } from '../../../../main/daemon/config/setting-table.ts';
import { isSimulated } from '../../../../main/daemon/config/simulation.ts';
import { failureOf, successOf } from '../../../support/success-of.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

interface World {
  readonly flags?: ConfigFlags;
  readonly environment?: Readonly<Record<string, string>>;
  readonly dotenv?: Readonly<Record<string, string>>;
  readonly file?: unknown;
}

const resolveIn = ({ flags = {}, environment = {}, dotenv = {}, file }: World) =>
  resolveConfig({
    flags: file === undefined ? flags : { config: 'c.json', ...flags },
    environment,
    cwd: '/repo',
    reader: {
      json: () => ok(file),
      variables: () => ok({ variables: dotenv, notice: null }),
      resolvePath: resolve,
    },
  });

const configOf = (world: World) => successOf(resolveIn(world));
const problemsOf = (world: World) => failureOf(resolveIn(world));

describe('resolveConfig', () => {
  it('has the inherited defaults (CONF-1, CONF-6)', () => {
    const config = configOf({});
    expect(config).toMatchObject({
      repoRoot: { value: '/repo', source: { kind: 'default' } },
      host: { value: '127.0.0.1' },
      port: { value: 8085 },
      auth: { value: 'same-user' },
      logLevel: { value: 'info' },
      dbPath: { value: '/repo/.codencer/codencer.db' },
      artifactRoot: { value: '/repo/.codencer/artifacts' },
      workspaceRoot: { value: '/repo/.codencer/workspace' },
      slots: { value: 4 },
      defaultExecutor: { value: 'codex' },
      redact: { value: [] },
      forceGate: { value: false },
      antigravityBrokerUrl: { value: '' },
      simulation: { all: { value: false } },
      notices: [],
    });
  });

  it('lets each place go before the one below it, and says which it was (CONF-1)', () => {
    const file = { port: 1 };
    const dotenv = { PORT: '2' };
    const environment = { PORT: '3' };
    const flags = { port: '4' };
    const told = [{ file }, { file, dotenv }, { file, dotenv, environment }, { file, dotenv, environment, flags }].map(
      (world) => {
        const { value, source } = configOf(world).port;
        return `${value} from ${describeSource(source)}`;
      },
    );
    expect(told).toEqual([
      '1 from port in "/repo/c.json"',
      '2 from PORT in "/repo/.env"',
      '3 from PORT in the environment',
      '4 from --port',
    ]);
  });

  it('takes an empty variable for none (CONF-1)', () => {
    const config = configOf({ environment: { PORT: '', LOG_LEVEL: '  ' }, dotenv: { PORT: '99' } });
    expect([config.port.value, config.logLevel.value]).toEqual([99, 'info']);
  });

  it('reads every key of a file (CONF-1)', () => {
    const file = {
      log_level: 'debug',
      db_path: 'state/db',
      artifact_root: '/big/artifacts',
      workspace_root: 'wt',
      repo_root: 'sub',
      host: '::1',
      port: 9000,
      antigravity_broker_url: 'http://127.0.0.1:8088',
      auth: 'token',
      slots: 8,
      default_executor: 'command',
      redact: ['NPM_TOKEN'],
      simulation: true,
    };
    expect(configOf({ file })).toMatchObject({
      logLevel: { value: 'debug' },
      repoRoot: { value: '/repo/sub' },
      dbPath: { value: '/repo/sub/state/db' },
      artifactRoot: { value: '/big/artifacts' },
      workspaceRoot: { value: '/repo/sub/wt' },
      host: { value: '::1' },
      port: { value: 9000 },
      auth: { value: 'token' },
      slots: { value: 8 },
      defaultExecutor: { value: 'command' },
      redact: { value: ['NPM_TOKEN'] },
      simulation: { all: { value: true } },
      antigravityBrokerUrl: { value: 'http://127.0.0.1:8088' },
    });
  });

  it('finds the repository by flag, environment and file, never by .env (CONF-2, CONF-6)', () => {
    const file = { repo_root: 'f' };
    const environment = { REPO_ROOT: 'e' };
    expect(configOf({ file, dotenv: { REPO_ROOT: 'd' } }).repoRoot.value).toBe('/repo/f');
    expect(configOf({ file, environment }).repoRoot.value).toBe('/repo/e');
    expect(configOf({ file, environment, flags: { repoRoot: '/x' } }).repoRoot.value).toBe('/x');
  });

  it('lets no repository have a say in who is let in (CONF-2)', () => {
    expect(configOf({ file: { auth: 'token' }, dotenv: { CODENCER_AUTH: 'same-user' } }).auth.value).toBe('token');
    expect(configOf({ environment: { CODENCER_AUTH: 'token' } }).auth.value).toBe('token');
    expect(DOTENV_VARIABLES).not.toContain('CODENCER_AUTH');
    expect(configOf({ dotenv: { CODENCER_RATE_LIMIT: '1' } }).rateLimit.value).toBe(1000);
    expect(configOf({ environment: { CODENCER_RATE_LIMIT: '0' } }).rateLimit.value).toBe(0);
  });

  it('refuses unknown keys of a file by name (CONF-3)', () => {
    expect(problemsOf({ file: { prot: 1, port: 2, constructor: 3 } })).toEqual([
      expect.stringMatching(/^prot in "\/repo\/c\.json" is not a known key; known: repo_root, /),
      expect.stringMatching(/^constructor in "\/repo\/c\.json" is not a known key/),
    ]);
    expect(problemsOf({ file: [] })).toEqual(['"/repo/c.json" must hold one JSON object']);
  });

  it('tells every bad value with file and key (CONF-4)', () => {
    expect(
      problemsOf({
        file: { slots: 0, redact: 'a b' },
        dotenv: { PORT: '80x', CLAUDE_SIMULATION_MODE: 'yes' },
        environment: { LOG_LEVEL: 'loud', CODENCER_DEFAULT_EXECUTOR: '../x', DB_PATH: 'a\0b' },
      }),
    ).toEqual([
      'PORT in "/repo/.env" must be a whole number from 0 to 65535',
      'DB_PATH in the environment must be a text',
      'LOG_LEVEL in the environment must be one of debug, info, warn, error',
      'slots in "/repo/c.json" must be a whole number from 1 to 64',
      'CODENCER_DEFAULT_EXECUTOR in the environment must be the name of an executor, such as codex or command',
      'redact in "/repo/c.json" must be names of environment variables, separated by commas',
      'CLAUDE_SIMULATION_MODE in "/repo/.env" must be 1 or 0 (true or false)',
    ]);
  });

  it.each([{ port: null }, { port: 1.5 }, { port: -1 }, { port: 65_536 }, { port: [] }, { host: 1 }, { auth: 'none' }])(
    'refuses %j (CONF-4)',
    (file) => {
      expect(problemsOf({ file })).toHaveLength(1);
    },
  );

  it.each(['0.0.0.0', '::', '192.168.1.2', 'example.org', '127.0.0.1.evil.org', '127.0.0.256', '127.1', 'localhost.'])(
    'refuses the host %s wherever it is set (CONF-5)',
    (host) => {
      const sentence = 'must be a loopback address such as 127.0.0.1: the daemon is for this machine alone';
      expect(problemsOf({ environment: { HOST: host } })).toEqual([`HOST in the environment ${sentence}`]);
      expect(problemsOf({ dotenv: { HOST: host } })).toEqual([`HOST in "/repo/.env" ${sentence}`]);
      expect(problemsOf({ file: { host } })).toEqual([`host in "/repo/c.json" ${sentence}`]);
    },
  );

  it.each([
    ['localhost', '127.0.0.1'],
    ['127.8.0.255', '127.8.0.255'],
    ['[::1]', '::1'],
  ])('takes the host %s as %s (CONF-5)', (host, expected) => {
    expect(configOf({ environment: { HOST: host } }).host.value).toBe(expected);
  });

  it('has a fixed port only by its flag (CONF-7)', () => {
    expect(configOf({ environment: { PORT: '9000' } }).port.source.kind).toBe('environment');
    expect(configOf({ flags: { port: 9000 } }).port.source.kind).toBe('flag');
  });

  it('CONF-11: a repository names further secrets and takes none out', () => {
    const { redact } = configOf({ file: { redact: ['MINE', 'BOTH'] }, dotenv: { CODENCER_REDACT: 'BOTH,THEIRS' } });
    expect([redact.value, redact.source.kind]).toEqual([['MINE', 'BOTH', 'THEIRS'], 'dotenv']);
    const environment = { CODENCER_REDACT: 'X' };
    expect(configOf({ environment, dotenv: { CODENCER_REDACT: 'Y' } }).redact.value).toEqual(['X']);
  });

  it('splits names of secrets at commas', () => {
    expect(configOf({ dotenv: { CODENCER_REDACT: 'A, B_2,,' } }).redact.value).toEqual(['A', 'B_2']);
  });
});

describe('simulation', () => {
  const simulated = (world: World) =>
    ['codex', 'claude', 'qwen', 'openclaw-acpx', 'ide-chat', 'command', 'toString'].filter((name) =>
      isSimulated(configOf(world).simulation, name),
    );

  it.each(['1', 'true', 'TRUE'])('is for every agent and never for command with %s (CONF-8)', (value) => {
    const agents = ['codex', 'claude', 'qwen', 'openclaw-acpx', 'ide-chat'];
    const environment = { ALL_ADAPTERS_SIMULATION_MODE: value, CODEX_SIMULATION_MODE: '0' };
    expect(simulated({ environment })).toEqual(agents);
    expect(simulated({ flags: { simulate: true } })).toEqual(agents);
  });

  it.each([
    ['CODEX_SIMULATION_MODE', 'codex'],
    ['OPENCLAW_ACPX_SIMULATION_MODE', 'openclaw-acpx'],
    ['OPENCLAW-ACPX_SIMULATION_MODE', 'openclaw-acpx'],
    ['IDE_SIMULATION_MODE', 'ide-chat'],
  ])('is for one agent with %s (CONF-8)', (variable, agent) => {
    expect(simulated({ dotenv: { [variable]: '1' } })).toEqual([agent]);
  });
});

describe('with files', () => {
  const resolveAt = (repo: string, flags: ConfigFlags = {}) =>
    resolveConfig({ flags, environment: {}, cwd: repo, reader: configReader });

  it('reads .env as it is written, and only our own keys of it (CONF-2)', () => {
    const repo = temporaryFolder();
    const text =
      '# note\nexport PORT="9001"\nLOG_LEVEL=debug # loud\nKEY="-----\nCODENCER_SLOTS=9\n-----"\nNODE_OPTIONS=x\n';
    writeFileSync(join(repo, '.env'), text);
    const config = successOf(resolveAt(repo));
    expect([config.port.value, config.logLevel.value, config.slots.value]).toEqual([9001, 'debug', 4]);
  });

  it('refuses a named file that is not there or no JSON (CONF-3)', () => {
    const repo = temporaryFolder();
    writeFileSync(join(repo, 'c.json'), '{');
    expect(failureOf(resolveAt(repo, { config: 'gone.json' }))[0]).toContain('not there');
    expect(failureOf(resolveAt(repo, { config: 'c.json' }))[0]).toContain('it is not valid JSON');
    writeFileSync(join(repo, 'c.json'), '{"slots": 2}');
    expect(successOf(resolveAt(repo, { config: 'c.json' })).slots.value).toBe(2);
  });

  it('does not wait for a pipe in the place of .env, and says so', () => {
    const repo = temporaryFolder();
    execFileSync('mkfifo', [join(repo, '.env')]);
    expect(successOf(resolveAt(repo)).notices).toEqual([
      `${JSON.stringify(join(repo, '.env'))} is no regular file and was not read`,
    ]);
  });

  it('refuses a .env that is too large to be one', () => {
    const repo = temporaryFolder();
    writeFileSync(join(repo, '.env'), `#${'x'.repeat(300_000)}`);
    expect(failureOf(resolveAt(repo))[0]).toContain('more than 256 KiB');
  });
});
