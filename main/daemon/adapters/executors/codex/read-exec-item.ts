import { assertNever } from '../../../../../contract/result.ts';
import type { AgentSignal } from '../agent/agent.ts';
import { doing } from '../agent/doing.ts';
import type { ExecItem } from './exec-event.ts';
import { changeOf, inputText, statusOf } from './item-words.ts';
import { pathInWorktree } from './worktree-path.ts';

export type ItemMoment = 'going_on' | 'completed';

type ItemOf<Type extends ExecItem['type']> = Extract<ExecItem, { readonly type: Type }>;

/** A tool that has run or a message that is said is what came of a request to the model: `exec` tells of none itself. */
const FRUIT: AgentSignal = { of: 'model_request', isFruitful: true };

/** What is told of an item, at its begin, while it goes on, or at its end. */
export function readExecItem(item: ExecItem, moment: ItemMoment, worktreePath: string): readonly AgentSignal[] {
  switch (item.type) {
    case 'agent_message':
      return moment === 'completed' ? readMessage(item) : [];
    case 'reasoning':
      return moment === 'completed' && item.text !== '' ? [readThought(item)] : [];
    case 'command_execution':
      return [...readCommand(item, moment), ...(moment === 'completed' ? [FRUIT] : [])];
    case 'file_change':
      return [...readFileChange(item, moment, worktreePath), ...(moment === 'completed' ? [FRUIT] : [])];
    case 'mcp_tool_call':
      return [readToolCall(item, moment), ...(moment === 'completed' ? [FRUIT] : [])];
    case 'web_search':
      return [readSearch(item, moment)];
    case 'todo_list':
      return [readPlan(item)];
    case 'error':
      return [doing({ kind: 'notice', level: 'warning', text: item.message })];
    default:
      return assertNever(item);
  }
}

const readMessage = ({ text }: ItemOf<'agent_message'>): readonly AgentSignal[] => [
  doing({ kind: 'message', text, isDelta: false }),
  { of: 'answer', text },
  FRUIT,
];

const readThought = ({ text }: ItemOf<'reasoning'>): AgentSignal => doing({ kind: 'thought', text, isDelta: false });

function readCommand(item: ItemOf<'command_execution'>, moment: ItemMoment): readonly AgentSignal[] {
  const status = statusOf(item.status, moment === 'completed' ? 'completed' : 'running');
  const { exit_code: exitCode, aggregated_output: output } = item;
  const call = doing({
    kind: 'tool_call',
    callId: item.id,
    status,
    tool: 'execute',
    name: 'shell',
    title: item.command,
    input: item.command,
    ...(output == null || output === '' ? {} : { output }),
    ...(exitCode == null ? {} : { exitCode }),
  });
  return status === 'denied' ? [call, { of: 'denial', text: `Codex was not allowed to run: ${item.command}` }] : [call];
}

function readFileChange(item: ItemOf<'file_change'>, moment: ItemMoment, worktreePath: string): readonly AgentSignal[] {
  const changes = item.changes.map(({ path, kind }) => ({ path: pathInWorktree(worktreePath, path), kind }));
  const title = changes.map(({ path }) => path).join(', ');
  const status = statusOf(item.status, moment === 'completed' ? 'completed' : 'running');
  const call = doing({ kind: 'tool_call', callId: item.id, status, tool: 'edit', name: 'apply_patch', title });
  if (status === 'denied') return [call, { of: 'denial', text: `Codex was not allowed to change: ${title}` }];
  if (status !== 'completed') return [call];
  return [call, ...changes.map(({ path, kind }) => doing({ kind: 'file_change', path, change: changeOf(kind) }))];
}

const readToolCall = (item: ItemOf<'mcp_tool_call'>, moment: ItemMoment): AgentSignal =>
  doing({
    kind: 'tool_call',
    callId: item.id,
    status: statusOf(item.status, moment === 'completed' ? 'completed' : 'running'),
    tool: 'other',
    name: `${item.server}.${item.tool}`,
    title: `${item.server}.${item.tool}`,
    input: inputText(item.arguments),
  });

const readSearch = ({ id, query }: ItemOf<'web_search'>, moment: ItemMoment): AgentSignal =>
  doing({
    kind: 'tool_call',
    callId: id,
    status: moment === 'completed' ? 'completed' : 'running',
    tool: 'fetch',
    name: 'web_search',
    title: query,
    input: query,
  });

const readPlan = ({ items }: ItemOf<'todo_list'>): AgentSignal =>
  doing({
    kind: 'plan',
    entries: items.map(({ text, completed }) => ({ content: text, status: completed ? 'completed' : 'pending' })),
  });
