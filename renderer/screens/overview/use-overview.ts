import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ClientOverview } from '../../../contract/client/client-overview.ts';
import { getOverview } from '../../../contract/client/overview-routes.ts';
import { listStepPage } from '../../../contract/client/step-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { BROKEN_STATES } from './broken-steps.ts';
import { noteLines, type QuietBook } from './slow-attempts.ts';

/** Words of agents tell nobody that they came: they are read while somebody looks. */
const LINES_EVERY_MS = 3000;
const MOST = 200;

/** Of the screen that shows the line each attempt is at. */
export function useLiveOverview() {
  const connection = useConnection();
  return useQuery({
    queryKey: keys.overview,
    queryFn: ({ signal }) => unwrapView(getOverview(connection, signal)),
    refetchInterval: ({ state }) => ((state.data?.running.length ?? 0) > 0 ? LINES_EVERY_MS : false),
  });
}

/** Steps of every run that are in one of these states. */
function useStepsIn(states: readonly string[]) {
  const connection = useConnection();
  return useQuery({
    queryKey: [...keys.overview, 'steps', ...states],
    queryFn: ({ signal }) =>
      unwrapView(listStepPage(connection, { state: states, limit: MOST }, { nextPage: null, signal })),
  });
}

export const useBrokenSteps = () => useStepsIn(BROKEN_STATES);
export const useAttentionSteps = () => useStepsIn(['needs_manual_attention']);

/** Since when each attempt has said nothing new; told from what this page has seen. */
export function useQuietBook(overview: ClientOverview | undefined): QuietBook {
  const [book, setBook] = useState<QuietBook>(new Map());
  useEffect(() => {
    if (overview !== undefined) setBook((known) => noteLines(known, overview.running, Date.now()));
  }, [overview]);
  return book;
}
