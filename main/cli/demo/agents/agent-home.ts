import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codexConfig } from './codex-config.ts';
import type { DemoAgentName } from './demo-agent-name.ts';
import { opencodeConfig } from './opencode-config.ts';

export interface AgentHome {
  /** A folder; it is made. */
  readonly home: string;
  /** Of the scripted model, with the scenario: `model.baseUrl('write')`. */
  readonly baseUrl: string;
  /** Whether codex and opencode ask before they edit or run anything; the others are told when they are started. */
  readonly canAsk: boolean;
  /** How often it asks the model again, where it can be told; null: the vendor's own number. */
  readonly maxRetries: number | null;
}

/**
 * Makes a HOME in which a vendor's program finds the scripted model and nothing of the person's own: no login, no
 * settings, no sessions. Gives the variables that belong to it. Telemetry, updates and whatever else would ask the
 * network are off.
 */
export function makeAgentHome(agent: DemoAgentName, settings: AgentHome): Readonly<Record<string, string>> {
  mkdirSync(settings.home, { recursive: true });
  return { HOME: settings.home, ...HOMES[agent](settings) };
}

const KEY = 'scripted-key';
const NO_REGISTRY = 'http://127.0.0.1:9/';

const HOMES: Readonly<Record<DemoAgentName, (settings: AgentHome) => Readonly<Record<string, string>>>> = {
  codex: ({ home, ...settings }) => {
    writeFile(join(home, '.codex/config.toml'), codexConfig(settings));
    return { CODEX_HOME: join(home, '.codex'), SCRIPTED_API_KEY: KEY };
  },

  claude: ({ home, baseUrl, maxRetries }) => ({
    CLAUDE_CONFIG_DIR: join(home, '.claude'),
    ANTHROPIC_BASE_URL: baseUrl,
    ANTHROPIC_API_KEY: KEY,
    ANTHROPIC_MODEL: 'claude-scripted-model',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_AUTOUPDATER: '1',
    ...(maxRetries === null ? {} : { CLAUDE_CODE_MAX_RETRIES: String(maxRetries) }),
  }),

  gemini: ({ home, baseUrl, maxRetries }) => {
    writeJson(join(home, '.gemini/settings.json'), {
      security: { auth: { selectedType: 'gemini-api-key' } },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
      general: {
        enableAutoUpdate: false,
        enableAutoUpdateNotification: false,
        ...(maxRetries === null ? {} : { maxAttempts: maxRetries + 1 }),
      },
      ui: { hideBanner: true },
    });
    return {
      GEMINI_API_KEY: KEY,
      GOOGLE_GEMINI_BASE_URL: baseUrl,
      GEMINI_TELEMETRY_ENABLED: 'false',
      GEMINI_CLI_NO_RELAUNCH: 'true',
    };
  },

  qwen: ({ home, baseUrl }) => {
    writeJson(join(home, '.qwen/settings.json'), {
      security: { auth: { selectedType: 'openai' } },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
      general: { enableAutoUpdate: false, disableAutoUpdate: true },
    });
    return {
      OPENAI_BASE_URL: `${baseUrl}/v1`,
      OPENAI_API_KEY: KEY,
      OPENAI_MODEL: 'scripted-model',
      QWEN_CODE_NO_RELAUNCH: '1',
      QWEN_CODE_SUPPRESS_YOLO_WARNING: '1',
    };
  },

  opencode: ({ home, baseUrl, canAsk }) => {
    // Otherwise it fetches a plugin package in the background. As a variable it would not get through our own daemon.
    writeFile(join(home, '.npmrc'), `registry=${NO_REGISTRY}\n`);
    writeJson(join(home, '.config/opencode/opencode.json'), opencodeConfig({ baseUrl, apiKey: KEY, canAsk }));
    return {
      XDG_CONFIG_HOME: join(home, '.config'),
      XDG_DATA_HOME: join(home, '.local/share'),
      XDG_STATE_HOME: join(home, '.local/state'),
      XDG_CACHE_HOME: join(home, '.cache'),
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      OPENCODE_DISABLE_MODELS_FETCH: '1',
      OPENCODE_DISABLE_SHARE: '1',
      OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
      OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
    };
  },
};

function writeFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const writeJson = (path: string, value: unknown): void => writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
