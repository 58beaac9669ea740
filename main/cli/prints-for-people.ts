import type { Terminal } from './terminal.ts';

/**
 * Whether a command that always printed JSON, asked for or not, may print for a person: on a terminal nobody parses it.
 */
export const printsForPeople = ({ outScreen }: Terminal, { isJson }: { readonly isJson: boolean }): boolean =>
  !isJson && outScreen.size() !== null;
