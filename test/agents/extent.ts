const ALL = 'CODENCER_TEST_ALL_AGENTS';

/** `npm run test:agents -- --all`: everything that is known of the agents, instead of what every change is tried with. */
export const isWholeMatrix = (): boolean => process.env[ALL] === '1';

/** Gives the arguments without the word. */
export function takeExtent(args: readonly string[]): readonly string[] {
  if (args.includes('--all')) process.env[ALL] = '1';
  return args.filter((arg) => arg !== '--all');
}
