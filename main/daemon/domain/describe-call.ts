import { isCallOpen, type ToolCall } from '../../../contract/activity.ts';
import { firstCharacters } from './first-characters.ts';
import { fenced, inline } from './markdown-text.ts';

/** Of what a tool was given, and of what it answered. */
const MAX_QUOTED = 4000;

/** A tool call as a section of a transcript, all of it: nothing more will be told of it. */
export function describeCall(call: ToolCall): string {
  const { name, tool, title, exitCode, input, output } = call;
  const status = isCallOpen(call) ? 'did not end' : call.status;
  const exit = exitCode === undefined ? '' : `, exit ${exitCode}`;
  const about = title === undefined || title === '' ? '' : `\n\n${inline(title)}`;
  const given = input === title ? '' : quoteUnder('Given', input);
  return `### Tool ${inline(name ?? tool ?? 'tool')}: ${status}${exit}${about}${given}${quoteUnder('Answered', output)}`;
}

const quoteUnder = (words: string, text: string | undefined): string =>
  text === undefined || text === '' ? '' : `\n\n${words}:\n\n${fenced(text)}`;

/** A call with as much of its texts as is shown. */
export const cutCall = ({ input, output, ...call }: ToolCall): ToolCall => ({
  ...call,
  ...(input === undefined ? {} : { input: cut(input) }),
  ...(output === undefined ? {} : { output: cut(output) }),
});

const cut = (text: string): string =>
  text.length <= MAX_QUOTED ? text : `${firstCharacters(text, MAX_QUOTED)}\n[cut]`;
