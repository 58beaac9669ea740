import type { Leftovers } from './finish-process.ts';

/** What keeps the end of a program from being whole, a sentence each; none when everybody ended and everything was read. */
export const leftoverProblems = ({ left, isOutputCut }: Pick<Leftovers, 'left' | 'isOutputCut'>): readonly string[] => [
  ...(left.length > 0 ? [`still alive after the sweep: ${left.join(', ')}`] : []),
  ...(isOutputCut ? ['somebody outside keeps its output open, so the end of it is missing'] : []),
];
