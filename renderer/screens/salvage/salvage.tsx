import { useQuery } from '@tanstack/react-query';
import { useParams, useSearchParams } from 'wouter';
import type { ClientSalvageEntry } from '../../../contract/client/client-salvage.ts';
import { listAllSalvage } from '../../../contract/client/record-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapItems } from '../../api/unwrap.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { TextInput } from '../../parts/field.tsx';
import { Answer } from '../../parts/region.tsx';
import { plural } from '../../words/format-number.ts';
import { SalvageDetail } from './salvage-detail.tsx';
import { SalvageList } from './salvage-list.tsx';
import { foldersFirst, matches } from './salvage-words.ts';

/** The work that is kept: of every attempt that left some, until somebody lets go of it. */
export function Salvage() {
  const connection = useConnection();
  const { attempt = '' } = useParams();
  const entries = useQuery({
    queryKey: keys.salvage,
    queryFn: () => unwrapItems(listAllSalvage(connection)),
  });
  return (
    <div className="flex h-full flex-col gap-2">
      <h1>Salvage</h1>
      <p className="text-ink-2">
        What attempts made is kept under refs of your repository, apart from your branches, until you let go of it.
      </p>
      <div className="min-h-0 grow">
        <Answer asked={entries} what="what is kept">
          {(list) =>
            list.length === 0 ? (
              <EmptyNote>Nothing is kept. An attempt that changes files leaves its work here.</EmptyNote>
            ) : (
              <Kept entries={list} attemptId={attempt} />
            )
          }
        </Answer>
      </div>
    </div>
  );
}

interface KeptProps {
  readonly entries: readonly ClientSalvageEntry[];
  readonly attemptId: string;
}

function Kept({ entries, attemptId }: KeptProps) {
  const [search, setSearch] = useSearchParams();
  const text = search.get('q') ?? '';
  const shown = foldersFirst(entries.filter((entry) => matches(entry, text)));
  const chosen = entries.find((entry) => entry.attemptId === attemptId) ?? null;
  const filter = (q: string): void => setSearch(q === '' ? {} : { q }, { replace: true });
  return (
    <div className="flex h-full flex-col gap-2">
      <div className="flex items-center gap-3">
        <TextInput
          aria-label="Filter by run, step or ref"
          placeholder="Filter"
          data-screen-filter=""
          value={text}
          onChange={filter}
        />
        <span className="text-ink-2">
          {text === '' ? plural(entries.length, 'attempt') : `${shown.length} of ${plural(entries.length, 'attempt')}`}
        </span>
        {text === '' ? null : <Button onClick={() => filter('')}>Clear filter</Button>}
      </div>
      <div className="flex flex-col gap-4 wide:min-h-0 wide:grow wide:flex-row">
        <div className="h-44 shrink-0 wide:h-full wide:w-[36rem]">
          {shown.length === 0 ? (
            <EmptyNote>Nothing that is kept matches “{text}”.</EmptyNote>
          ) : (
            <SalvageList entries={shown} chosenId={attemptId} query={search.toString()} />
          )}
        </div>
        <div className="min-w-0 grow wide:overflow-auto">
          {chosen !== null ? (
            <SalvageDetail key={chosen.attemptId} entry={chosen} />
          ) : (
            <EmptyNote>
              {attemptId === ''
                ? 'Choose one to see what is kept and how to bring it back.'
                : `Nothing of ${attemptId} is kept any more.`}
            </EmptyNote>
          )}
        </div>
      </div>
    </div>
  );
}
