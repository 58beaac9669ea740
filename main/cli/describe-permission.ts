import { allowanceReach } from '../../contract/allowance-reach.ts';
import type { ClientPermissionRequest } from '../../contract/client/client-gate.ts';
import { fileName, indented, oneLine } from './terminal.ts';

const COLUMN = 11;

/** All of what an agent asks to be allowed, a line or several for each thing. */
export function describePermission(request: ClientPermissionRequest): readonly string[] {
  const { tool, toolKind, title, command, cwd, paths, diff, input, reason } = request;
  return [
    row('Tool:', `${oneLine(tool)} (${oneLine(toolKind)})`),
    ...(title === '' || title === command ? [] : [row('Title:', title)]),
    ...(command === '' ? [] : [row('Command:', command)]),
    ...(cwd === '' ? [] : [row('Folder:', fileName(cwd))]),
    ...(paths.length === 0 ? [] : [row('Files:', paths.map(fileName).join('\n'))]),
    ...(reason === '' ? [] : [row('Why:', reason)]),
    ...(input === '' ? [] : [row('Input:', readableJson(input))]),
    ...(diff === '' ? [] : ['Change:', `  ${indented(diff.replace(/\n$/, ''), 2)}`]),
  ];
}

const row = (label: string, text: string): string => `${label.padEnd(COLUMN)}${indented(text, COLUMN)}`;

/** JSON is spread out, as long as that changes nothing of it. */
function readableJson(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text; // no JSON: shown as it is
  }
}

/** What an allowance for the attempt covers beside what is asked. */
export function describeReach(request: ClientPermissionRequest): string {
  switch (allowanceReach(request)) {
    case 'files':
      return `whatever else ${oneLine(request.tool)} does to the same files`;
    case 'command':
      return 'the same command in the same folder';
    case 'same':
      return 'the very same again';
  }
}

/** What each answer does, as commands to be copied. */
export const permissionAnswers = (
  approve: string,
  reject: string,
  request: ClientPermissionRequest,
): readonly string[] => [
  'Allow this once:',
  `  ${approve}`,
  `Allow it, and until the attempt ends also ${describeReach(request)}:`,
  `  ${approve} --for-attempt`,
  'Reject it; the agent is told no, and what it does then is its own:',
  `  ${reject}`,
];
