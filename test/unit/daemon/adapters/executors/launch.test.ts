import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WITHOUT_QUESTIONS } from '../../../../../contract/executor-profile.ts';
import { acpDriver } from '../../../../../main/daemon/adapters/executors/acp/acp.ts';
import type { AgentDriver } from '../../../../../main/daemon/adapters/executors/agent/agent.ts';
import { claudeDriver } from '../../../../../main/daemon/adapters/executors/claude/claude.ts';
import { geminiDriver } from '../../../../../main/daemon/adapters/executors/gemini/gemini.ts';
import { acpxDriver } from '../../../../../main/daemon/adapters/executors/openclaw-acpx/openclaw-acpx.ts';
import { opencodeDriver } from '../../../../../main/daemon/adapters/executors/opencode/opencode.ts';
import { qwenDriver } from '../../../../../main/daemon/adapters/executors/qwen/qwen.ts';
import { AGENT_DRIVERS, driverOf } from '../../../../../main/daemon/adapters/executors/registry.ts';
import { agentProfile, agentTask } from '../../../../support/agent-task.ts';
import { ANSWERS, hearWith } from '../../../../support/converse-with.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

interface Plan {
  readonly profile?: Readonly<Record<string, unknown>>;
  readonly resumeSession?: string | null;
  readonly message?: string | null;
}

const PROMPT = 'Do what nobody may read';

async function launch(driver: AgentDriver, { profile = {}, resumeSession = null, message = null }: Plan = {}) {
  const { task } = agentTask({ prompt: PROMPT, resumeSession, message });
  const { listener } = hearWith(async () => ANSWERS.cancelled);
  const named = agentProfile({ agent: driver.agent, transport: driver.transport, ...profile });
  return driver.launch({ task, profile: named, program: ['/bin/agent', 'first'], listener });
}

async function planned(driver: AgentDriver, plan: Plan = {}) {
  const launched = await launch(driver, plan);
  if (!launched.ok) throw new Error(launched.error.summary);
  const { argv, env, stdin, conversation } = launched.value;
  const written: string[] = [];
  conversation.begin?.({ write: (text) => void written.push(text), end: () => undefined });
  const told = stdin.kind === 'bytes' ? Buffer.from(stdin.bytes).toString() : written.join('');
  return { argv, env, stdin, told };
}

const chosen = { model: 'm1', sandbox: 'strict', args: ['--mine'] };

describe('how each program is started', () => {
  it.each([
    ['CLAUDE-1', claudeDriver, ['--permission-mode', 'default'], { DISABLE_AUTOUPDATER: '1' }],
    ['CLAUDE-1', claudeDriver, ['--permission-prompt-tool', 'stdio'], { DISABLE_AUTOUPDATER: '1' }],
    ['QWEN-1', qwenDriver, ['--approval-mode', 'default'], { QWEN_CODE_NO_RELAUNCH: '1', OPENAI_LOG: 'info' }],
    ['GEMINI-1', geminiDriver, ['--approval-mode', 'auto_edit'], { GEMINI_CLI_NO_RELAUNCH: 'true' }],
    ['OPENCODE-1', opencodeDriver, ['--title', 's-a1'], { OPENCODE_DISABLE_AUTOUPDATE: '1' }],
    ['ACPX-1', acpxDriver, ['--approve-reads', '--non-interactive-permissions', 'deny'], {}],
    ['ACPX-2', acpxDriver, ['--no-fs', '--no-terminal'], {}],
  ])('%s: %o has %j', async (_, driver, words, env) => {
    const { argv, env: added } = await planned(driver);
    expect(argv.slice(0, 2)).toEqual(['/bin/agent', 'first']);
    expect(argv.join(' ')).toContain(words.join(' '));
    expect(added).toEqual(env);
  });

  it.each([
    ['CLAUDE-1', claudeDriver, ['--permission-mode strict', '--model m1']],
    ['QWEN-1', qwenDriver, ['--approval-mode strict', '-m m1']],
    ['GEMINI-1', geminiDriver, ['--approval-mode strict', '-m m1']],
    ['OPENCODE-1', opencodeDriver, ['--agent strict', '-m m1']],
    ['ACPX-1', acpxDriver, ['--strict', '--model m1']],
  ])('%s: %o takes the words of the profile, its arguments last', async (_, driver, words) => {
    const { argv } = await planned(driver, { profile: chosen });
    for (const word of words) expect(argv.join(' ')).toContain(word);
    expect(argv.at(-1) === '--mine' || argv.slice(-4).join(' ') === '--mine exec -f -').toBe(true);
  });

  it.each([
    ['CLAUDE-2', claudeDriver],
    ['QWEN-2', qwenDriver],
    ['GEMINI-2', geminiDriver],
    ['OPENCODE-2', opencodeDriver],
    ['ACPX-3', acpxDriver],
  ])('%s: the prompt of %o goes in on stdin, once, and never in the arguments', async (_, driver) => {
    const { argv, env, told } = await planned(driver);
    expect(told.split(PROMPT)).toHaveLength(2);
    expect(JSON.stringify([argv, env])).not.toContain(PROMPT);
    const again = await planned(driver, { message: 'Go on' });
    expect(again.told).toContain('Go on');
    expect(again.told).not.toContain(PROMPT);
  });

  it('CLAUDE-8: Claude goes on with a session', async () => {
    expect(claudeDriver.canResume).toBe('anywhere');
    expect((await planned(claudeDriver)).argv.join(' ')).not.toContain('s1');
    expect((await planned(claudeDriver, { resumeSession: 's1' })).argv.join(' ')).toContain('--resume s1');
  });

  it.each([
    ['QWEN-8', qwenDriver, '--resume s1'],
    ['GEMINI-8', geminiDriver, '--resume s1'],
    ['OPENCODE-8', opencodeDriver, '--session s1'],
  ])('%s: %o goes on with a session in its folder', async (_, driver, words) => {
    expect(driver.canResume).toBe('in_its_folder');
    expect((await planned(driver)).argv.join(' ')).not.toContain('s1');
    expect((await planned(driver, { resumeSession: 's1' })).argv.join(' ')).toContain(words);
  });

  it('ACP-1: the program is the profile’s, and a model cannot be named', async () => {
    expect((await planned(acpDriver, { profile: { args: ['--acp'] } })).argv).toEqual(['/bin/agent', 'first', '--acp']);
    const refused = await launch(acpDriver, { profile: { model: 'm1' } });
    expect(refused.ok ? null : refused.error.summary).toMatch(/^ACP has no way to name a model/);
  });

  it('QWEN-6: over ACP, too, the library of Qwen Code is told to write its failures, and that of nobody else', async () => {
    const { task } = agentTask();
    const { listener } = hearWith(async () => ANSWERS.cancelled);
    const logOf = async (driver: AgentDriver, path: string, env: Readonly<Record<string, string>> = {}) => {
      const profile = agentProfile({ agent: driver.agent, transport: driver.transport });
      const own = { ...task, env: { ...task.env, ...env } };
      const launched = await driver.launch({ task: own, profile, program: [path, '--acp'], listener });
      return launched.ok ? launched.value.env['OPENAI_LOG'] : launched.error;
    };
    expect(await logOf(acpDriver, '/opt/qwen/cli.js')).toBe('info');
    expect(await logOf(acpDriver, '/opt/gemini')).toBeUndefined();
    expect(await logOf(qwenDriver, '/opt/qwen/cli.js', { OPENAI_LOG: 'off' })).toBe('off');
  });

  it('GEMINI-4, OPENCODE-4, ACPX-4: who has no word of its own for it is stopped by signals', async () => {
    for (const driver of [geminiDriver, opencodeDriver, acpxDriver]) {
      const launched = await launch(driver);
      expect(launched.ok && launched.value.conversation.interrupt).toBeUndefined();
      expect(driver.canAsk).toBe(false);
    }
  });

  it('ACPX-8: acpx goes on with no session', () => {
    expect(acpxDriver.canResume).toBe(false);
  });
});

describe('whether somebody is logged in', () => {
  it.each<[AgentDriver, string, string | null]>([
    [claudeDriver, 'ANTHROPIC_API_KEY', '.claude/.credentials.json'],
    [claudeDriver, 'CLAUDE_CODE_OAUTH_TOKEN', null],
    [claudeDriver, 'CLAUDE_CODE_USE_VERTEX', null],
    [qwenDriver, 'OPENAI_API_KEY', '.qwen/oauth_creds.json'],
    [geminiDriver, 'GEMINI_API_KEY', '.gemini/oauth_creds.json'],
    [geminiDriver, 'GOOGLE_API_KEY', '.gemini/gemini-credentials.json'],
    [opencodeDriver, 'OPENCODE_API_KEY', '.local/share/opencode/auth.json'],
  ])('is told of %o by %s or %s', async (driver, variable, file) => {
    const HOME = temporaryFolder();
    expect(await driver.isLoggedIn({ HOME, [variable]: '' })).not.toBe(true);
    expect(await driver.isLoggedIn({ HOME, [variable]: 'k' })).toBe(true);
    if (file === null) return;
    mkdirSync(dirname(join(HOME, file)), { recursive: true });
    writeFileSync(join(HOME, file), '{}');
    expect(await driver.isLoggedIn({ HOME })).toBe(true);
  });

  it('is unknown where a login may be in what nobody looks into', async () => {
    const HOME = temporaryFolder();
    for (const driver of [qwenDriver, geminiDriver, opencodeDriver, acpDriver, acpxDriver]) {
      expect(await driver.isLoggedIn({ HOME })).toBeNull();
    }
    mkdirSync(join(HOME, '.claude'));
    expect(await claudeDriver.isLoggedIn({ HOME })).toBe(false);
    writeFileSync(join(HOME, '.claude/settings.json'), '{"apiKeyHelper":"/usr/bin/key"}');
    expect(await claudeDriver.isLoggedIn({ HOME })).toBeNull();
  });
});

describe('the registry', () => {
  it('has each program by each of its interfaces once', () => {
    const names = AGENT_DRIVERS.map(({ agent, transport }) => `${agent} ${transport}`);
    expect(new Set(names).size).toBe(names.length);
    expect(driverOf('claude', 'stream-json')).toBe(claudeDriver);
    expect(driverOf('claude', 'telepathy')).toBeNull();
  });

  it('PROF-2: knows who cannot ask as profiles do', () => {
    const mute = new Map<string, readonly string[]>(Object.entries(WITHOUT_QUESTIONS));
    const isMute = ({ agent, transport }: AgentDriver) => mute.get(agent)?.includes(transport) ?? false;
    expect(AGENT_DRIVERS.filter(isMute)).toEqual(AGENT_DRIVERS.filter(({ canAsk }) => !canAsk));
  });
});
