import { basename, isAbsolute } from 'node:path';
import type { JsonObject } from '../../../../contract/client/json-value.ts';
import { shellQuoted } from '../../shell-word.ts';
import type { OfferedTool } from './wire-format.ts';

export interface FileToWrite {
  /** As the prompt names it. */
  readonly path: string;
  /** The same where the tool wants it absolute. */
  readonly absolutePath: string;
  readonly content: string;
}

export interface CommandToRun {
  readonly command: string;
  /** Asks to run outside of the agent's sandbox. */
  readonly isEscalated: boolean;
}

type Inputs<T> = Readonly<Record<string, (wish: T, tool: OfferedTool) => string>>;

const LONG_MS = 400_000;
const json = (value: JsonObject): string => JSON.stringify(value);

/** How each tool that writes files wants to be asked, the better ones first. */
const WRITERS: Inputs<FileToWrite> = {
  apply_patch: (file, tool) => {
    if (tool.isFreeform) return patchOf(file);
    return json(tool.parameters.includes('patchText') ? { patchText: patchOf(file) } : { input: patchOf(file) });
  },
  Write: ({ absolutePath, content }) => json({ file_path: absolutePath, content }),
  write_file: ({ absolutePath, content }) => json({ file_path: absolutePath, content }),
  write: ({ absolutePath, content }) => json({ filePath: absolutePath, content }),
};

const describe = (command: string): JsonObject => ({ command, description: 'Run the scripted command' });

const SHELLS: Inputs<CommandToRun> = {
  exec_command: ({ command, isEscalated }) => {
    const escalation = { sandbox_permissions: 'require_escalated', justification: 'May I write this file?' };
    return json({ cmd: command, yield_time_ms: 30_000, ...(isEscalated ? escalation : {}) });
  },
  shell_command: ({ command }) => json({ command }),
  shell: ({ command }) => json({ command: ['bash', '-lc', command] }),
  Bash: ({ command }) => json({ ...describe(command), timeout: LONG_MS }),
  run_shell_command: ({ command }, tool) =>
    json({ ...describe(command), ...(tool.parameters.includes('is_background') ? { is_background: false } : {}) }),
  bash: ({ command }) => json({ ...describe(command), timeout: LONG_MS }),
};

/** Codex with newer models: one tool, asked in JavaScript, has all others inside. */
const CODE_WRITER: Inputs<FileToWrite> = {
  exec: (file) => `const result = await tools.apply_patch(${JSON.stringify(`${patchOf(file)}\n`)}); text(result);`,
};
const CODE_SHELL: Inputs<CommandToRun> = {
  exec: ({ command }) => `const result = await tools.exec_command({ cmd: ${JSON.stringify(command)} }); text(result);`,
};

export interface ToolCall {
  readonly tool: OfferedTool;
  readonly input: string;
}

/** With a tool made for it, otherwise with a shell; null when none of the offered tools can. */
export function writeWith(tools: readonly OfferedTool[], file: FileToWrite): ToolCall | null {
  const command = `printf '%s\\n' ${shellQuoted(file.content.trimEnd())} > ${shellQuoted(file.path)}`;
  const direct = firstOffered(tools, WRITERS, file) ?? firstOffered(tools.filter(isCodeMode), CODE_WRITER, file);
  return direct ?? runWith(tools, { command, isEscalated: false });
}

export function runWith(tools: readonly OfferedTool[], wish: CommandToRun): ToolCall | null {
  return firstOffered(tools, SHELLS, wish) ?? firstOffered(tools.filter(isCodeMode), CODE_SHELL, wish);
}

const isCodeMode = (tool: OfferedTool): boolean => tool.isFreeform;

function firstOffered<T>(tools: readonly OfferedTool[], inputs: Inputs<T>, wish: T): ToolCall | null {
  for (const [name, inputOf] of Object.entries(inputs)) {
    const tool = tools.find((offered) => offered.name === name);
    if (tool !== undefined) return { tool, input: inputOf(wish, tool) };
  }
  return null;
}

function patchOf({ path, content }: FileToWrite): string {
  const lines = content.replace(/\n$/, '').split('\n');
  const name = isAbsolute(path) ? basename(path) : path;
  return ['*** Begin Patch', `*** Add File: ${name}`, ...lines.map((line) => `+${line}`), '*** End Patch'].join('\n');
}
