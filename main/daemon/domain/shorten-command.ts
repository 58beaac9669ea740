const MAX_LENGTH = 60;

/** The first line of a command, short enough for a sentence. */
export function shortenCommand(command: string): string {
  const [line = ''] = command.trim().split('\n');
  return line.length > MAX_LENGTH || line !== command.trim() ? `${line.slice(0, MAX_LENGTH)}…` : line;
}
