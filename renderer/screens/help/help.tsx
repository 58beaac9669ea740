import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'wouter';
import { type ClientHelpEntry, listHelpDocuments } from '../../../contract/client/help-document-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { KeysTable } from '../../app/keys-table.tsx';
import { useNamedSubject } from '../../app/screen-subject.ts';
import { TextInput } from '../../parts/field.tsx';
import { joinClasses } from '../../parts/join-classes.ts';
import { Answer } from '../../parts/region.tsx';
import { HelpDocument } from './help-document.tsx';
import { HelpHits } from './help-hits.tsx';
import { helpPath } from './help-target.ts';

const KEYS: ClientHelpEntry = { name: 'keys', title: 'Keys of this page' };

/** The documents, which come with the daemon and need no network; searchable. */
export function Help() {
  const connection = useConnection();
  const { page = 'README' } = useParams();
  const [search, setSearch] = useSearchParams();
  const query = search.get('q') ?? '';
  const list = useQuery({
    queryKey: keys.helpDocuments,
    queryFn: () => unwrapView(listHelpDocuments(connection)),
  });
  return (
    <div className="flex flex-col gap-4 medium:flex-row">
      <div className="shrink-0 medium:w-56">
        <h1>Help</h1>
        <TextInput
          type="search"
          aria-label="Search all documents"
          placeholder="Search all documents"
          data-screen-filter=""
          className="my-2 w-full"
          value={query}
          onChange={(q) => setSearch(q === '' ? {} : { q }, { replace: true })}
        />
        <Answer asked={list} what="the documents">
          {(entries) => <Contents entries={[...entries, KEYS]} here={query === '' ? page : ''} />}
        </Answer>
        <p className="border-t border-line pt-2">
          <Link href="/about" className="inline-flex min-h-7 items-center text-accent">
            About Codencer
          </Link>
        </p>
      </div>
      <div className="min-w-0 grow">
        <Answer asked={list} what="the documents">
          {(entries) => {
            if (query.trim() !== '') return <HelpHits entries={entries} query={query} />;
            const title = [...entries, KEYS].find(({ name }) => name === page)?.title ?? page;
            return page === KEYS.name ? <Keys /> : <HelpDocument key={page} name={page} title={title} />;
          }}
        </Answer>
      </div>
    </div>
  );
}

const Contents = ({ entries, here }: { readonly entries: readonly ClientHelpEntry[]; readonly here: string }) => (
  <nav aria-label="Documents">
    <ul>
      {entries.map(({ name, title }) => (
        <li key={name}>
          <Link
            href={helpPath(name, null)}
            aria-current={name === here ? 'page' : undefined}
            className={joinClasses(
              'flex min-h-7 items-center rounded-md px-2 hover:bg-hover',
              name === here && 'bg-selected',
            )}
          >
            {title}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
);

function Keys() {
  useNamedSubject(KEYS.title);
  return (
    <>
      <h2 className="pb-2">{KEYS.title}</h2>
      <p className="pb-3 text-ink-2">
        Letters act only in the part of the page that has the focus. Settings turn them off.
      </p>
      <KeysTable />
    </>
  );
}
