/** What the list of runs is narrowed by, as it stands in the address. */
export interface RunListFilter {
  readonly text: string;
  readonly state: string;
  readonly project: string;
}

export const NO_FILTER: RunListFilter = { text: '', state: '', project: '' };

export const readRunFilter = (search: URLSearchParams): RunListFilter => ({
  text: search.get('q') ?? '',
  state: search.get('state') ?? '',
  project: search.get('project') ?? '',
});

/** Without what is empty: an address says only what it means. */
export function writeRunFilter({ text, state, project }: RunListFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (text !== '') search.set('q', text);
  if (state !== '') search.set('state', state);
  if (project !== '') search.set('project', project);
  return search;
}

/** `state Failed and text "checkout"`: what hides the rest. Empty: nothing does. */
export function tellRunFilter({ text, state, project }: RunListFilter, labelOf: (state: string) => string): string {
  const parts = [
    ...(state === '' ? [] : [`state ${labelOf(state)}`]),
    ...(project === '' ? [] : [`project ${project}`]),
    ...(text === '' ? [] : [`text "${text}"`]),
  ];
  return parts.join(' and ');
}
