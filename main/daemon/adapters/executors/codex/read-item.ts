import type { AgentSignal } from '../agent/agent.ts';
import type { Item } from './app-server-message.ts';
import type { ExecItem } from './exec-event.ts';
import { type ItemMoment, readExecItem } from './read-exec-item.ts';

export interface KnownOfItems {
  readonly worktreePath: string;
  /** Messages and thoughts of which pieces came: their whole text is not told once more. */
  readonly toldInPieces: ReadonlySet<string>;
}

/** The app-server tells of the same items as `exec`, in other words; of requests to the model it tells by itself. */
export function readItem(item: Item, moment: ItemMoment, known: KnownOfItems): readonly AgentSignal[] {
  const { worktreePath, toldInPieces } = known;
  const signals = readExecItem(asExecItem(item), moment, worktreePath).filter(({ of }) => of !== 'model_request');
  return toldInPieces.has(item.id) ? signals.filter(({ of }) => of !== 'activity') : signals;
}

function asExecItem(item: Item): ExecItem {
  switch (item.type) {
    case 'agentMessage':
      return { type: 'agent_message', id: item.id, text: item.text };
    case 'reasoning':
      return { type: 'reasoning', id: item.id, text: item.summary.join('\n') };
    case 'commandExecution':
      return {
        type: 'command_execution',
        id: item.id,
        command: item.command,
        aggregated_output: item.aggregatedOutput,
        exit_code: item.exitCode,
        status: item.status,
      };
    case 'fileChange': {
      const changes = item.changes.map(({ path, kind }) => ({ path, kind: kind.type }));
      return { type: 'file_change', id: item.id, changes, status: item.status };
    }
    case 'mcpToolCall':
      return { ...item, type: 'mcp_tool_call' };
    case 'webSearch':
      return { ...item, type: 'web_search' };
  }
}
