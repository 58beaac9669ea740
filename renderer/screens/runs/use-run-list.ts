import { useInfiniteQuery } from '@tanstack/react-query';
import { listRunPage } from '../../../contract/client/run-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrap } from '../../api/unwrap.ts';
import type { RunListFilter } from './run-filter.ts';

const PAGE = 200;
const FIRST_PAGE: string | null = null;

/** The runs that fit, newest first, a page after the other. */
export function useRunList({ text, states, project }: RunListFilter) {
  const connection = useConnection();
  const search = {
    text: text || undefined,
    state: states.length === 0 ? undefined : states,
    projectId: project || undefined,
    isCounted: true,
    limit: PAGE,
  };
  return useInfiniteQuery({
    queryKey: keys.runs({ text, states, project }),
    queryFn: async ({ pageParam, signal }) => {
      const { nextPage, totalCount, read } = await unwrap(
        listRunPage(connection, search, { nextPage: pageParam, signal }),
      );
      return { runs: await unwrap(Promise.resolve(read())), nextPage, totalCount };
    },
    initialPageParam: FIRST_PAGE,
    getNextPageParam: ({ nextPage }) => nextPage,
  });
}
