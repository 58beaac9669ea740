import type { AgentSignal } from '../../main/daemon/adapters/executors/agent/agent.ts';
import { CLAUDE_OUTCOMES } from '../../main/daemon/adapters/executors/claude/outcomes.ts';
import { createMessageReader as createClaudeReader } from '../../main/daemon/adapters/executors/claude/read-message.ts';
import { parseMessages } from '../../main/daemon/adapters/executors/claude/stream-message.ts';
import { GEMINI_OUTCOMES } from '../../main/daemon/adapters/executors/gemini/outcomes.ts';
import { createEventReader as createGeminiReader } from '../../main/daemon/adapters/executors/gemini/read-event.ts';
import { ACPX_OUTCOMES } from '../../main/daemon/adapters/executors/openclaw-acpx/outcomes.ts';
import { createMessageReader as createAcpxReader } from '../../main/daemon/adapters/executors/openclaw-acpx/read-message.ts';
import { OPENCODE_OUTCOMES } from '../../main/daemon/adapters/executors/opencode/outcomes.ts';
import { createEventReader as createOpencodeReader } from '../../main/daemon/adapters/executors/opencode/read-event.ts';
import { QWEN_OUTCOMES } from '../../main/daemon/adapters/executors/qwen/outcomes.ts';
import type { StreamReader } from './judge-recording.ts';

const claudeLines = (cachedTokens: 'beside' | 'within') => {
  const read = createClaudeReader({ cachedTokens, isRejected: () => false });
  return (line: string): readonly AgentSignal[] => parseMessages(line).flatMap(read);
};

const readErrorLine = () => [];

/** A reader for one run of each agent whose stream is read line by line, with its table. */
export const READERS = {
  claude: (): StreamReader => ({ rows: CLAUDE_OUTCOMES, readLine: claudeLines('beside'), readErrorLine }),
  qwen: (): StreamReader => ({ rows: QWEN_OUTCOMES, readLine: claudeLines('within'), readErrorLine }),
  gemini: (): StreamReader => ({ rows: GEMINI_OUTCOMES, readLine: createGeminiReader(), readErrorLine }),
  opencode: (): StreamReader => ({ rows: OPENCODE_OUTCOMES, readLine: createOpencodeReader(), readErrorLine }),
  'openclaw-acpx': (): StreamReader => ({ rows: ACPX_OUTCOMES, readLine: createAcpxReader(), readErrorLine }),
} as const;
