/** What of the inbox stands in the address. */
export interface InboxView {
  /** `waiting`: what needs somebody; `closed`: what was decided lately. */
  readonly show: 'waiting' | 'closed';
  /** Empty: of all runs. */
  readonly runId: string;
}

export const readInboxView = (search: URLSearchParams): InboxView => ({
  show: search.get('show') === 'closed' ? 'closed' : 'waiting',
  runId: search.get('run') ?? '',
});

/** Without what goes without saying. */
export function inboxAddress({ show, runId }: InboxView, gateId: string): string {
  const search = new URLSearchParams();
  if (show === 'closed') search.set('show', 'closed');
  if (runId !== '') search.set('run', runId);
  const query = search.size === 0 ? '' : `?${search.toString()}`;
  return `/inbox${gateId === '' ? '' : `/${encodeURIComponent(gateId)}`}${query}`;
}
