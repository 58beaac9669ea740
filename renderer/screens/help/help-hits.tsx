import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { Link } from 'wouter';
import { type ClientHelpEntry, getHelpDocument } from '../../../contract/client/help-document-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { plural } from '../../words/format-number.ts';
import { helpPath } from './help-target.ts';
import { type HelpText, searchHelp } from './search-help.ts';

interface HelpHitsProps {
  readonly entries: readonly ClientHelpEntry[];
  readonly query: string;
}

/** The sections of all documents in which the words are. */
export function HelpHits({ entries, query }: HelpHitsProps) {
  const connection = useConnection();
  const texts = useQuery({
    queryKey: [...keys.helpDocuments, 'all'],
    queryFn: () =>
      Promise.all(
        entries.map(async ({ name, title }) => ({
          name,
          title,
          markdown: await unwrapView(getHelpDocument(connection, name)),
        })),
      ),
  });
  return (
    <Answer asked={texts} what="the documents">
      {(all) => <Hits texts={all} query={query} />}
    </Answer>
  );
}

function Hits({ texts, query }: { readonly texts: readonly HelpText[]; readonly query: string }) {
  const wanted = useDeferredValue(query);
  const hits = useMemo(() => searchHelp(texts, wanted), [texts, wanted]);
  return (
    <>
      <h2 className="pb-2">Found</h2>
      <p role="status" className="pb-2 text-ink-2">
        {plural(hits.length, 'section')} with “{wanted.trim()}”.
      </p>
      {hits.length === 0 ? <EmptyNote>No document has these words. Try fewer, or other ones.</EmptyNote> : null}
      <ul>
        {hits.map(({ name, title, heading, slug, excerpt }) => (
          <li key={`${name} ${slug ?? ''}`} className="border-t border-line py-2">
            <Link href={helpPath(name, slug)} className="inline-flex min-h-6 items-center text-accent">
              {heading || title}
            </Link>
            <span className="text-ink-3"> {title}</span>
            <p className="text-ink-2">{excerpt}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
