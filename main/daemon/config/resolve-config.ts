import { err, ok, type Result } from '../../../contract/result.ts';
import { AUTH_MODES, type DaemonConfig, DOTENV_VARIABLES, FILE_KEYS, LOG_LEVELS } from './daemon-config.ts';
import type { Setting } from './setting.ts';
import { createSettingPicker, type SettingPicker, type SettingPlaces } from './setting-picker.ts';
import { SIMULATION_VARIABLES, type SimulatedAgent, type SimulationSettings } from './simulation.ts';
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

export interface ConfigFlags {
  readonly repoRoot?: string;
  readonly port?: string | number;
  /** Path of the configuration file. */
  readonly config?: string;
  readonly simulate?: boolean;
}

export interface DeclaredVariables {
  readonly variables: Readonly<Record<string, string>>;
  /** Why the file was not read although something is there. */
  readonly notice: string | null;
}

/** The world as far as configuration needs it. Errors are whole sentences. */
export interface ConfigReader {
  /** What a JSON file holds; a file that is not there is an error, for somebody named it. */
  readonly json: (path: string) => Result<unknown, string>;
  /** The variables that a `.env` declares; none when it is not there. */
  readonly variables: (path: string) => Result<DeclaredVariables, string>;
  /** An absolute path from one that may be relative to `base`. */
  readonly resolvePath: (base: string, path: string) => string;
}

export interface ConfigInput {
  readonly flags: ConfigFlags;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly reader: ConfigReader;
}

/** The configuration of a daemon. Every problem is a sentence of its own that names file and key. See SPEC.md. */
export function resolveConfig(input: ConfigInput): Result<DaemonConfig, readonly string[]> {
  const file = readFile(input);
  if (!file.ok) return file;
  const repoRoot = findRepoRoot(input, file.value);
  if (!repoRoot.ok) return repoRoot;
  const dotenvPath = input.reader.resolvePath(repoRoot.value.value, '.env');
  const declared = input.reader.variables(dotenvPath);
  if (!declared.ok) return err([declared.error]);
  const own = Object.entries(declared.value.variables).filter(([key]) => DOTENV_VARIABLES.includes(key));
  const dotenv = { path: dotenvPath, variables: Object.fromEntries(own) };
  const picker = createSettingPicker({ environment: input.environment, dotenv, file: file.value });
  const { notice } = declared.value;
  const config: DaemonConfig = {
    repoRoot: repoRoot.value,
    ...pickListening(picker, input.flags),
    ...pickPlaces(picker, (path) => input.reader.resolvePath(repoRoot.value.value, path)),
    ...pickWork(picker),
    simulation: pickSimulation(picker, input.flags),
    notices: notice === null ? [] : [notice],
  };
  return picker.problems.length > 0 ? err(picker.problems) : ok(config);
}

type ConfigFile = SettingPlaces['file'];

function readFile({ flags, cwd, reader }: ConfigInput): Result<ConfigFile, readonly string[]> {
  if (flags.config === undefined) return ok(null);
  const path = reader.resolvePath(cwd, flags.config);
  const content = reader.json(path);
  if (!content.ok) return err([content.error]);
  if (!isMapping(content.value)) return err([`${JSON.stringify(path)} must hold one JSON object`]);
  const unknown = Object.keys(content.value).filter((key) => !FILE_KEYS.some((known) => known === key));
  if (unknown.length === 0) return ok({ path, content: content.value });
  return err(
    unknown.map((key) => `${key} in ${JSON.stringify(path)} is not a known key; known: ${FILE_KEYS.join(', ')}`),
  );
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function findRepoRoot(input: ConfigInput, file: ConfigFile): Result<Setting<string>, readonly string[]> {
  const { environment, flags, cwd, reader } = input;
  const picker = createSettingPicker({ environment, dotenv: { path: '', variables: {} }, file });
  const root = picker.pick({
    file: 'repo_root',
    variables: ['REPO_ROOT'],
    flag: { key: '--repo-root', value: flags.repoRoot },
    fallback: cwd,
    parse: parseText,
  });
  if (picker.problems.length > 0) return err(picker.problems);
  return ok({ ...root, value: reader.resolvePath(cwd, root.value) });
}

const TCP_PORTS = parseWhole(0, 65_535);

function pickListening(
  picker: SettingPicker,
  flags: ConfigFlags,
): Pick<DaemonConfig, 'host' | 'port' | 'auth' | 'rateLimit'> {
  const portFlag = { key: '--port', value: flags.port };
  const rateRow = { file: 'rate_limit', variables: ['CODENCER_RATE_LIMIT'], isOperatorOnly: true } as const;
  const authRow = { file: 'auth', variables: ['CODENCER_AUTH'], isOperatorOnly: true } as const;
  return {
    host: picker.pick({ file: 'host', variables: ['HOST'], fallback: '127.0.0.1', parse: parseHost }),
    port: picker.pick({ file: 'port', variables: ['PORT'], flag: portFlag, fallback: 8085, parse: TCP_PORTS }),
    rateLimit: picker.pick({ ...rateRow, fallback: 1000, parse: parseWhole(0, 1_000_000) }),
    auth: picker.pick({ ...authRow, fallback: 'same-user', parse: parseOneOf(AUTH_MODES) }),
  };
}

function pickPlaces(
  picker: SettingPicker,
  resolvePath: (path: string) => string,
): Pick<DaemonConfig, 'dbPath' | 'artifactRoot' | 'workspaceRoot'> {
  const pickPath = (file: string, variable: string, fallback: string): Setting<string> => {
    const picked = picker.pick({ file, variables: [variable], fallback, parse: parseText });
    return { ...picked, value: resolvePath(picked.value) };
  };
  return {
    dbPath: pickPath('db_path', 'DB_PATH', '.codencer/codencer.db'),
    artifactRoot: pickPath('artifact_root', 'ARTIFACT_ROOT', '.codencer/artifacts'),
    workspaceRoot: pickPath('workspace_root', 'WORKSPACE_ROOT', '.codencer/workspace'),
  };
}

type WorkSettings = 'logLevel' | 'slots' | 'defaultExecutor' | 'redact' | 'forceGate' | 'antigravityBrokerUrl';

function pickWork(picker: SettingPicker): Pick<DaemonConfig, WorkSettings> {
  const levels = parseOneOf(LOG_LEVELS);
  const executorRow = { file: 'default_executor', variables: ['CODENCER_DEFAULT_EXECUTOR'] } as const;
  const brokerRow = { file: 'antigravity_broker_url', variables: ['CODENCER_ANTIGRAVITY_BROKER_URL'] } as const;
  return {
    logLevel: picker.pick({ file: 'log_level', variables: ['LOG_LEVEL'], fallback: 'info', parse: levels }),
    slots: picker.pick({ file: 'slots', variables: ['CODENCER_SLOTS'], fallback: 4, parse: parseWhole(1, 64) }),
    defaultExecutor: picker.pick({ ...executorRow, fallback: 'codex', parse: parseExecutorName }),
    redact: picker.pick({ file: 'redact', variables: ['CODENCER_REDACT'], fallback: [], parse: parseVariableNames }),
    forceGate: picker.pick({ variables: ['FORCE_GATE_FOR_TESTING'], fallback: false, parse: parseSwitch }),
    antigravityBrokerUrl: picker.pick({ ...brokerRow, fallback: '', parse: parseHttpUrl }),
  };
}

function pickSimulation(picker: SettingPicker, flags: ConfigFlags): SimulationSettings {
  const pickAgent = (agent: SimulatedAgent): Setting<boolean> =>
    picker.pick({ variables: SIMULATION_VARIABLES[agent], fallback: false, parse: parseSwitch });
  return {
    all: picker.pick({
      file: 'simulation',
      variables: ['ALL_ADAPTERS_SIMULATION_MODE'],
      flag: { key: '--sim', value: flags.simulate },
      fallback: false,
      parse: parseSwitch,
    }),
    agents: {
      codex: pickAgent('codex'),
      claude: pickAgent('claude'),
      qwen: pickAgent('qwen'),
      'openclaw-acpx': pickAgent('openclaw-acpx'),
      'ide-chat': pickAgent('ide-chat'),
    },
  };
}
