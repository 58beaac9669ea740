/** What the list of runs is narrowed by and how it is arranged, as it stands in the address. */
export interface RunListFilter {
  readonly text: string;
  /** Any of them; all when there is none. */
  readonly states: readonly string[];
  readonly project: string;
  readonly isGrouped: boolean;
}

export const NO_FILTER: RunListFilter = { text: '', states: [], project: '', isGrouped: false };

export const readRunFilter = (search: URLSearchParams): RunListFilter => ({
  text: search.get('q') ?? '',
  states: search.getAll('state').filter((state) => state !== ''),
  project: search.get('project') ?? '',
  isGrouped: search.get('by') === 'project',
});

/** Without what is empty: an address says only what it means. */
export function writeRunFilter({ text, states, project, isGrouped }: RunListFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (text !== '') search.set('q', text);
  for (const state of states) search.append('state', state);
  if (project !== '') search.set('project', project);
  if (isGrouped) search.set('by', 'project');
  return search;
}

export const isNarrowed = ({ text, states, project }: RunListFilter): boolean =>
  text !== '' || states.length > 0 || project !== '';

/** `state Failed or Cancelled and text "checkout"`: what hides the rest. Empty: nothing does. */
export function tellRunFilter({ text, states, project }: RunListFilter, labelOf: (state: string) => string): string {
  const parts = [
    ...(states.length === 0 ? [] : [`state ${states.map(labelOf).join(' or ')}`]),
    ...(project === '' ? [] : [`project ${project}`]),
    ...(text === '' ? [] : [`text "${text}"`]),
  ];
  return parts.join(' and ');
}
