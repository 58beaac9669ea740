import { acpDriver } from './acp/acp.ts';
import type { AgentDriver } from './agent/agent.ts';
import { claudeDriver } from './claude/claude.ts';
import { codexAppServerDriver } from './codex/app-server.ts';
import { codexExecDriver } from './codex/exec.ts';
import { geminiDriver } from './gemini/gemini.ts';
import { acpxDriver } from './openclaw-acpx/openclaw-acpx.ts';
import { opencodeDriver } from './opencode/opencode.ts';
import { qwenDriver } from './qwen/qwen.ts';

/** Every vendor's program that can be driven, by every interface of it: a line for each. */
export const AGENT_DRIVERS: readonly AgentDriver[] = [
  acpDriver,
  claudeDriver,
  codexExecDriver,
  codexAppServerDriver,
  geminiDriver,
  opencodeDriver,
  acpxDriver,
  qwenDriver,
];

/** Null: nobody here drives it in this way. */
export const driverOf = (agent: string, transport: string): AgentDriver | null =>
  AGENT_DRIVERS.find((driver) => driver.agent === agent && driver.transport === transport) ?? null;
