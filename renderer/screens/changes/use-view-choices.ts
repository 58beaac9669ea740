import { useSearchParams } from 'wouter';
import { announce } from '../../app/announcements.ts';
import { useMedia } from '../../parts/use-media.ts';

/** How changes are looked at, as the address says it. */
export function useViewChoices() {
  const [search, setSearch] = useSearchParams();
  const canSplit = useMedia('(min-width: 1100px)');
  const isSplit = canSplit && search.get('view') === 'split';
  const set = (name: string, value: string): void =>
    setSearch(
      (old) => {
        if (value === '') old.delete(name);
        else old.set(name, value);
        return old;
      },
      { replace: true },
    );
  return {
    filter: search.get('q') ?? '',
    setFilter: (filter: string) => set('q', filter),
    canSplit,
    isSplit,
    flipSplit: () => {
      if (canSplit) set('view', isSplit ? '' : 'split');
      else announce('Side by side needs a wider window');
    },
  };
}
