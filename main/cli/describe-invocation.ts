import type { ClientInvocation } from '../../contract/client/client-attempt.ts';
import { shellWord } from './shell-word.ts';
import { oneLine } from './terminal.ts';

/** A prompt in the arguments is as long as the task: the whole of it is in the document and in `invocation.json`. */
const MAX_CHARACTERS = 400;

/** How the program of an attempt was run, as lines of `attempt show`. */
export function describeInvocation({
  argv,
  program,
  version,
  model,
  reportedModel,
  profile,
  profileHash,
}: ClientInvocation): readonly string[] {
  const command = argv.map((argument) => shellWord(oneLine(argument))).join(' ');
  const shown = command.length > MAX_CHARACTERS ? `${command.slice(0, MAX_CHARACTERS)}…` : command;
  return [
    `Program:   ${oneLine(program)}${version === null ? '' : `, ${oneLine(version)}`}`,
    ...modelLine(model, reportedModel),
    `Profile:   ${oneLine(profile)}, ${profileHash.slice(0, 12)}`,
    `Run as:    ${shown}`,
  ];
}

/** A service may take another model than the one that was asked for. */
function modelLine(asked: string | null, reported: string | null): readonly string[] {
  if (asked === null && reported === null) return [];
  if (reported === null || reported === asked) return [`Model:     ${oneLine(asked ?? '')}`];
  return [`Model:     ${oneLine(reported)}, says the agent${asked === null ? '' : `; asked for: ${oneLine(asked)}`}`];
}
