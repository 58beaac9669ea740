import type { RequestPermissionRequest, RequestPermissionResponse } from '@agentclientprotocol/sdk';
import type { PermissionAnswer, PermissionRequest } from '../../../../../contract/permission.ts';
import { commandOf, folderOf, pathsOf, textIn } from '../agent/tool-words.ts';
import { asText, diffIn, kindOf } from './read-update.ts';

/** An agent's request as a question for a person: everything that it shows of the call is in it. */
export function permissionOf({ toolCall }: RequestPermissionRequest, worktreePath: string): PermissionRequest {
  const { title, name, kind, rawInput, content, locations } = toolCall;
  const named = (locations ?? []).map(({ path }) => path);
  const folder = folderOf(rawInput);
  return {
    tool: name ?? kind ?? 'a tool without a name',
    toolKind: kindOf(kind ?? 'other'),
    title: title ?? name ?? 'a tool without a name',
    // The title is the agent's own prose, which may leave out what runs.
    command: commandOf(rawInput),
    cwd: folder === null || folder === '.' ? worktreePath : folder,
    paths: [...new Set([...named, ...pathsOf(rawInput)])],
    diff: diffIn(content) ?? textIn(rawInput, 'diff', 'patch'),
    input: asText(rawInput ?? {}),
    reason: '',
  };
}

/**
 * Ids of options differ from agent to agent; what they mean does not. Allowances for more than this once are remembered
 * here and never given to the agent, so that the record shows each one. One that offers nothing less is told no.
 */
export function answerTo({ options }: RequestPermissionRequest, answer: PermissionAnswer): RequestPermissionResponse {
  if (answer.answer === 'cancelled') return { outcome: { outcome: 'cancelled' } };
  const wanted = answer.answer === 'allow' ? ['allow_once', ...NO] : NO;
  const option = wanted.flatMap((kind) => options.filter((one) => one.kind === kind))[0];
  if (option === undefined) return { outcome: { outcome: 'cancelled' } };
  return { outcome: { outcome: 'selected', optionId: option.optionId } };
}

const NO = ['reject_once', 'reject_always'];
