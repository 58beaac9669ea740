import type { SettingRow } from './setting-picker.ts';
import { SIMULATION_VARIABLES } from './simulation.ts';
import {
  parseExecutorName,
  parseHost,
  parseHttpUrl,
  parseOneOf,
  parseSwitch,
  parseText,
  parseVariableNames,
  parseWhole,
} from './value-parsers.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** `same-user`: a same-user loopback peer needs no token; `token`: everybody does. */
export const AUTH_MODES = ['same-user', 'token'] as const;

/** What is known of a setting before anybody sets it. */
export interface SettingFacts<T> extends Omit<SettingRow<T>, 'flag'> {
  /** The flag of the daemon that counts more than everything else. */
  readonly flagKey?: string;
  /** For people, in one or two sentences. */
  readonly meaning: string;
}

const setting = <T>(facts: SettingFacts<T>): SettingFacts<T> => facts;

/** Every setting but those that simulate one agent, under its key, in the order in which people see them. */
export const SETTINGS = {
  repo_root: setting({
    file: 'repo_root',
    variables: ['REPO_ROOT'],
    flagKey: '--repo-root',
    isOperatorOnly: true,
    fallback: '.',
    parse: parseText,
    meaning:
      'The clone that the daemon works for; a folder inside of it will do. Relative to where the daemon is started.',
  }),
  host: setting({
    file: 'host',
    variables: ['HOST'],
    fallback: '127.0.0.1',
    parse: parseHost,
    meaning: 'The address that the daemon listens on.',
  }),
  port: setting({
    file: 'port',
    variables: ['PORT'],
    flagKey: '--port',
    fallback: 8085,
    parse: parseWhole(0, 65_535),
    meaning:
      'The first port that is tried; when it is taken, the next free one. With `--port` only this one; 0 is any.',
  }),
  rate_limit: setting({
    file: 'rate_limit',
    variables: ['CODENCER_RATE_LIMIT'],
    isOperatorOnly: true,
    fallback: 1000,
    parse: parseWhole(0, 1_000_000),
    meaning:
      'Requests a second that one peer may make, on average over ten seconds, half of them for operators alone; 0: as many as it likes.',
  }),
  auth: setting<(typeof AUTH_MODES)[number]>({
    file: 'auth',
    variables: ['CODENCER_AUTH'],
    isOperatorOnly: true,
    fallback: 'same-user',
    parse: parseOneOf(AUTH_MODES),
    meaning:
      'Who gets in: `same-user`, whoever holds the token and programs of the user who runs the daemon; `token`, only who holds the token.',
  }),
  db_path: setting({
    file: 'db_path',
    variables: ['DB_PATH'],
    fallback: '.codencer/codencer.db',
    parse: parseText,
    meaning: 'Where the record is: an SQLite database. Relative to the repository.',
  }),
  artifact_root: setting({
    file: 'artifact_root',
    variables: ['ARTIFACT_ROOT'],
    fallback: '.codencer/artifacts',
    parse: parseText,
    meaning: 'The folder of logs and other evidence. Relative to the repository.',
  }),
  workspace_root: setting({
    file: 'workspace_root',
    variables: ['WORKSPACE_ROOT'],
    fallback: '.codencer/workspace',
    parse: parseText,
    meaning: 'The folder in which worktrees are made. Relative to the repository.',
  }),
  log_level: setting<(typeof LOG_LEVELS)[number]>({
    file: 'log_level',
    variables: ['LOG_LEVEL'],
    fallback: 'info',
    parse: parseOneOf(LOG_LEVELS),
    meaning: "How much the daemon's own log tells.",
  }),
  slots: setting({
    file: 'slots',
    variables: ['CODENCER_SLOTS'],
    fallback: 4,
    parse: parseWhole(1, 64),
    meaning: 'How many attempts run at the same time.',
  }),
  default_executor: setting({
    file: 'default_executor',
    variables: ['CODENCER_DEFAULT_EXECUTOR'],
    fallback: 'codex',
    parse: parseExecutorName,
    meaning: 'The executor of tasks that name none.',
  }),
  redact: setting<readonly string[]>({
    file: 'redact',
    variables: ['CODENCER_REDACT'],
    fallback: [],
    parse: parseVariableNames,
    meaning:
      'Variables of the environment whose values are secrets, whatever they look like. They never reach a log, an event or an answer.',
  }),
  force_gate: setting({
    variables: ['FORCE_GATE_FOR_TESTING'],
    fallback: false,
    parse: parseSwitch,
    meaning: 'For tests: every policy sees one more changed file, a migration, and so may ask at a gate.',
  }),
  antigravity_broker_url: setting({
    file: 'antigravity_broker_url',
    variables: ['CODENCER_ANTIGRAVITY_BROKER_URL'],
    fallback: '',
    parse: parseHttpUrl,
    meaning: 'Where the Antigravity broker answers. Nothing asks it yet.',
  }),
  simulation: setting({
    file: 'simulation',
    variables: ['ALL_ADAPTERS_SIMULATION_MODE'],
    flagKey: '--sim',
    fallback: false,
    parse: parseSwitch,
    meaning: 'Simulates every coding agent. Nothing ever simulates `command`.',
  }),
} as const;

const ofAgents = Object.entries(SIMULATION_VARIABLES).map(
  ([agent, variables]) =>
    [
      `simulation.${agent}`,
      setting({
        variables,
        fallback: false,
        parse: parseSwitch,
        meaning: `Simulates every profile with the agent \`${agent}\`, and no other.`,
      }),
    ] as const,
);

/** All of them, those of single agents too. */
export const EVERY_SETTING: readonly (readonly [key: string, facts: SettingFacts<unknown>])[] = [
  ...Object.entries(SETTINGS),
  ...ofAgents,
];

/** The keys of a configuration file. Any other key is refused. */
export const FILE_KEYS: readonly string[] = EVERY_SETTING.flatMap(([, { file }]) => file ?? []);

/**
 * The only variables that are read from a repository's `.env`. Not among them: `REPO_ROOT`, which says where that file
 * is, and `CODENCER_AUTH` and `CODENCER_RATE_LIMIT`, in which a repository has no say.
 */
export const DOTENV_VARIABLES: readonly string[] = EVERY_SETTING.flatMap(([, { variables, isOperatorOnly }]) =>
  isOperatorOnly === true ? [] : (variables ?? []),
);
