import { useQuery } from '@tanstack/react-query';
import type { ClientEvent } from '../../../contract/client/client-event.ts';
import { readEventPages } from '../../../contract/client/event-pages.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrap } from '../../api/unwrap.ts';
import { Answer } from '../../parts/region.tsx';
import { VirtualGrid } from '../../parts/virtual-grid.tsx';
import { When } from '../../parts/when.tsx';
import { eventWords } from '../../words/event-words.ts';

/** Every event of the run, newest first. */
export function RunEvents({ runId }: { readonly runId: string }) {
  const connection = useConnection();
  const events = useQuery({
    queryKey: keys.runEvents(runId),
    queryFn: ({ signal }) => readAll(connection, { runId, signal }),
  });
  return (
    <Answer asked={events} what="the events of this run">
      {(list) => (
        <VirtualGrid
          label="Events"
          columns="5rem 6rem minmax(0,3fr) minmax(0,1fr)"
          headings={['Number', 'When', 'What happened', 'By']}
          count={list.length}
          total={list.length}
          keyOf={(index) => String(list[index]?.seq ?? index)}
          renderRow={(index) => <EventCells event={list[index]} />}
          onOpen={() => {}}
        />
      )}
    </Answer>
  );
}

async function readAll(
  connection: Connection,
  { runId, signal }: { readonly runId: string; readonly signal: AbortSignal },
): Promise<readonly ClientEvent[]> {
  const all: ClientEvent[] = [];
  for await (const page of readEventPages(connection, { runId, after: 0, signal })) {
    for (const { view } of await unwrap(Promise.resolve(page))) all.push(view);
  }
  return all.toReversed();
}

function EventCells({ event }: { readonly event: ClientEvent | undefined }) {
  if (event === undefined) return null;
  return (
    <>
      <span role="gridcell" className="font-mono text-log text-ink-3">
        {event.seq}
      </span>
      <span role="gridcell">
        <When atMs={event.atMs} />
      </span>
      <span role="gridcell" className="truncate" title={event.type}>
        {eventWords(event)}
      </span>
      <span role="gridcell" className="truncate text-ink-2">
        {event.actor}
      </span>
    </>
  );
}
