import { isShown, type Screen } from './terminal.ts';

interface Recorded {
  /** As inherited scripts know it, with its dashes. */
  readonly inheritedTitle: string;
  readonly title: string;
  /** Name and value; an empty value is left out for a person. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

const RULE = '---------------------------';

/** What is on record of one thing: in a pipe every line that was always there, on a terminal what says something. */
export function describeRecord(screen: Screen, { inheritedTitle, title, facts }: Recorded): string {
  const isForPerson = isShown(screen);
  const told = isForPerson ? facts.filter(([, value]) => value !== '') : facts;
  const column = Math.max(...facts.map(([name]) => name.length)) + 2;
  const lines = told.map(([name, value]) => `${`${name}:`.padEnd(column)}${value}`);
  return `${[isForPerson ? title : inheritedTitle, ...lines, ...(isForPerson ? [] : [RULE])].join('\n')}\n`;
}
