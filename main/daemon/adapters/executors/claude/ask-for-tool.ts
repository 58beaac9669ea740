import { isAbsolute, join, relative } from 'node:path';
import type { PermissionAnswer, PermissionRequest } from '../../../../../contract/permission.ts';
import { commandOf, folderOf, kindOfTool, pathsOf, textIn, titleOf } from '../agent/tool-words.ts';
import type { ControlRequest } from './stream-message.ts';

/** Claude's control request as a question for a person: everything that the tool is given is in it. */
export function permissionOf({ request }: ControlRequest, worktreePath: string): PermissionRequest {
  const { tool_name, input, description, decision_reason } = request;
  const tool = tool_name ?? 'a tool without a name';
  const paths = pathsOf(input);
  const [path] = paths;
  const folder = folderOf(input);
  const place = (named: string) =>
    isAbsolute(named) || IS_READ_OTHERWISE.test(named) ? named : join(worktreePath, named);
  return {
    tool,
    toolKind: kindOfTool(tool),
    title: titleOf(tool, input),
    command: commandOf(input),
    cwd: folder === null ? worktreePath : place(folder),
    paths: paths.map(place),
    diff: diffOf(input, path === undefined ? '' : relative(worktreePath, path)),
    input: JSON.stringify(input ?? {}),
    reason: decision_reason ?? description ?? '',
  };
}

/** The program looks into the home for a tilde, and passes over blanks: such a path is judged as it was given. */
const IS_READ_OTHERWISE = /^[~\s]/;

/** A replacement as removed and added lines; a new text as it is. */
function diffOf(input: unknown, path: string): string | null {
  const [before, after] = [textIn(input, 'old_string'), textIn(input, 'new_string')];
  if (before === null || after === null) return textIn(input, 'content', 'new_source');
  const lines = (sign: string, text: string) => text.split('\n').map((line) => `${sign}${line}`);
  return [`--- ${path}`, `+++ ${path}`, '@@', ...lines('-', before), ...lines('+', after)].join('\n');
}

/** What the program takes as an answer. A cancelled question ends the turn, too. */
export function answerTo({ request_id, request }: ControlRequest, answer: PermissionAnswer): object {
  const response =
    answer.answer === 'allow'
      ? { behavior: 'allow', updatedInput: request.input ?? {} }
      : answer.answer === 'reject'
        ? { behavior: 'deny', message: answer.reason === '' ? 'The operator did not allow it.' : answer.reason }
        : { behavior: 'deny', message: 'Nobody can answer any more.', interrupt: true };
  return { type: 'control_response', response: { subtype: 'success', request_id, response } };
}

export function questionsIn({ request }: ControlRequest): readonly string[] {
  const questions: unknown = request.input?.['questions'];
  if (!Array.isArray(questions)) return [];
  return questions.flatMap((question: unknown) => textIn(question, 'question') ?? []);
}

export const refuseToBeAsked = ({ request_id }: ControlRequest): object => ({
  type: 'control_response',
  response: {
    subtype: 'success',
    request_id,
    response: {
      behavior: 'deny',
      message: 'Nobody can answer while you work. Your question has been recorded. End your turn with it.',
    },
  },
});
