import { err, ok, type Result } from '../../../contract/result.ts';
import type { DaemonConfig } from './daemon-config.ts';
import type { Setting } from './setting.ts';
import { createSettingPicker, type SettingPicker, type SettingPlaces } from './setting-picker.ts';
import { DOTENV_VARIABLES, FILE_KEYS, SETTINGS, type SettingFacts } from './setting-table.ts';
import { SIMULATION_VARIABLES, type SimulatedAgent, type SimulationSettings } from './simulation.ts';
import { parseSwitch } from './value-parsers.ts';

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
  const places = { environment: input.environment, dotenv, file: file.value };
  const picker = createSettingPicker(places);
  const operators = createSettingPicker({ ...places, dotenv: { ...dotenv, variables: {} } });
  const { notice } = declared.value;
  const config: DaemonConfig = {
    repoRoot: repoRoot.value,
    ...pickListening(picker, input.flags),
    ...pickPlaces(picker, (path) => input.reader.resolvePath(repoRoot.value.value, path)),
    ...pickWork(picker),
    redact: withOperators(picker.pick(SETTINGS.redact), operators.pick(SETTINGS.redact)),
    simulation: pickSimulation(picker, input.flags),
    notices: notice === null ? [] : [notice],
  };
  const problems = new Set([...picker.problems, ...operators.problems]);
  return problems.size > 0 ? err([...problems]) : ok(config);
}

/** A repository may name further secrets. What the operator takes for one it cannot unname. */
function withOperators(named: Setting<readonly string[]>, { value }: Setting<readonly string[]>) {
  return named.source.kind === 'dotenv' ? { ...named, value: [...new Set([...value, ...named.value])] } : named;
}

type ConfigFile = SettingPlaces['file'];

function readFile({ flags, cwd, reader }: ConfigInput): Result<ConfigFile, readonly string[]> {
  if (flags.config === undefined) return ok(null);
  const path = reader.resolvePath(cwd, flags.config);
  const content = reader.json(path);
  if (!content.ok) return err([content.error]);
  if (!isMapping(content.value)) return err([`${JSON.stringify(path)} must hold one JSON object`]);
  const unknown = Object.keys(content.value).filter((key) => !FILE_KEYS.includes(key));
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
  const root = picker.pick({ ...SETTINGS.repo_root, flag: { key: '--repo-root', value: flags.repoRoot } });
  if (picker.problems.length > 0) return err(picker.problems);
  return ok({ ...root, value: reader.resolvePath(cwd, root.value) });
}

function pickListening(
  picker: SettingPicker,
  flags: ConfigFlags,
): Pick<DaemonConfig, 'host' | 'port' | 'auth' | 'rateLimit'> {
  return {
    host: picker.pick(SETTINGS.host),
    port: picker.pick({ ...SETTINGS.port, flag: { key: '--port', value: flags.port } }),
    rateLimit: picker.pick(SETTINGS.rate_limit),
    auth: picker.pick(SETTINGS.auth),
  };
}

function pickPlaces(
  picker: SettingPicker,
  resolvePath: (path: string) => string,
): Pick<DaemonConfig, 'dbPath' | 'artifactRoot' | 'workspaceRoot'> {
  const pickPath = (row: SettingFacts<string>): Setting<string> => {
    const picked = picker.pick(row);
    return { ...picked, value: resolvePath(picked.value) };
  };
  return {
    dbPath: pickPath(SETTINGS.db_path),
    artifactRoot: pickPath(SETTINGS.artifact_root),
    workspaceRoot: pickPath(SETTINGS.workspace_root),
  };
}

type WorkSettings = 'logLevel' | 'slots' | 'defaultExecutor' | 'forceGate' | 'antigravityBrokerUrl';

const pickWork = (picker: SettingPicker): Pick<DaemonConfig, WorkSettings> => ({
  logLevel: picker.pick(SETTINGS.log_level),
  slots: picker.pick(SETTINGS.slots),
  defaultExecutor: picker.pick(SETTINGS.default_executor),
  forceGate: picker.pick(SETTINGS.force_gate),
  antigravityBrokerUrl: picker.pick(SETTINGS.antigravity_broker_url),
});

function pickSimulation(picker: SettingPicker, flags: ConfigFlags): SimulationSettings {
  const pickAgent = (agent: SimulatedAgent): Setting<boolean> =>
    picker.pick({ variables: SIMULATION_VARIABLES[agent], fallback: false, parse: parseSwitch });
  return {
    all: picker.pick({ ...SETTINGS.simulation, flag: { key: '--sim', value: flags.simulate } }),
    agents: {
      codex: pickAgent('codex'),
      claude: pickAgent('claude'),
      qwen: pickAgent('qwen'),
      gemini: pickAgent('gemini'),
      opencode: pickAgent('opencode'),
      acp: pickAgent('acp'),
      'openclaw-acpx': pickAgent('openclaw-acpx'),
      'ide-chat': pickAgent('ide-chat'),
    },
  };
}
