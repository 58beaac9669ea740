import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { plural } from '../../words/format-number.ts';
import { BatchBar } from './batch-bar.tsx';
import { focusHeadingIfLost, INBOX_HEADING } from './focus-heading.ts';
import { GateList } from './gate-list.tsx';
import type { InboxView } from './inbox-address.ts';
import { InboxHead } from './inbox-head.tsx';
import type { InboxMemory } from './inbox-memory.ts';
import type { InboxRows } from './use-gate-rows.ts';
import type { InboxPlace } from './use-inbox-place.ts';

interface InboxListProps {
  readonly list: InboxRows;
  readonly place: InboxPlace;
  readonly memory: InboxMemory;
}

const NONE: ReadonlySet<string> = new Set();

/** The list of gates, and what can be done with several of them. */
export function InboxList({ list: { asked, rows, clearClosed }, place, memory }: InboxListProps) {
  const [chosen, setChosen] = useState(NONE);
  const isWaiting = place.view.show === 'waiting';
  const chosenGates = rows.filter(({ gate, isPending }) => isPending && chosen.has(gate.id)).map(({ gate }) => gate);
  const closedCount = isWaiting ? rows.filter(({ isPending }) => !isPending).length : 0;
  return (
    <section aria-labelledby={INBOX_HEADING} className="flex min-h-0 flex-col">
      <InboxHead view={place.view} />
      <div className="min-h-0 grow overflow-y-auto">
        <Answer asked={asked} what="the gates">
          {() =>
            rows.length === 0 ? (
              <EmptyNote>{emptySentence(place.view)}</EmptyNote>
            ) : (
              <GateList
                label={isWaiting ? 'Waiting gates' : 'Closed gates'}
                rows={rows}
                openId={place.openId}
                hrefOf={place.address}
                chosen={isWaiting ? chosen : null}
                onChoose={(gateId, isChosen) => setChosen(withMember(chosen, gateId, isChosen))}
                onOpen={place.noteOpened}
              />
            )
          }
        </Answer>
      </div>
      {closedCount === 0 ? null : (
        <Button
          className="my-1 self-start"
          onClick={() => {
            clearClosed();
            focusHeadingIfLost();
          }}
        >
          Clear {plural(closedCount, 'closed gate')}
        </Button>
      )}
      {chosenGates.length === 0 ? null : (
        <BatchBar
          gates={chosenGates}
          wasRead={memory.wasRead}
          onSending={memory.noteSending}
          onDone={() => {
            setChosen(NONE);
            focusHeadingIfLost();
          }}
        />
      )}
    </section>
  );
}

function withMember(of: ReadonlySet<string>, member: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(of);
  if (isIn) next.add(member);
  else next.delete(member);
  return next;
}

function emptySentence({ show, runId }: InboxView): string {
  const of = runId === '' ? '' : ` of run ${runId}`;
  return show === 'closed' ? `No gate${of} was closed yet.` : `No gate${of} waits.`;
}
