import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation, useParams, useSearchParams } from 'wouter';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { announce } from '../../app/announcements.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { useMedia } from '../../parts/use-media.ts';
import { plural } from '../../words/format-number.ts';
import { closedSentence } from '../../words/gate-words.ts';
import { readingOf } from './batch.ts';
import { BatchBar } from './batch-bar.tsx';
import { GateList } from './gate-list.tsx';
import { inboxAddress, readInboxView } from './inbox-address.ts';
import { InboxHead } from './inbox-head.tsx';
import { pendingBeside } from './inbox-rows.ts';
import { OpenGate } from './open-gate.tsx';
import { useClosedRows, useWaitingRows } from './use-inbox.ts';
import { useInboxKeys } from './use-inbox-keys.ts';

/** Every gate that waits, the oldest first, and beside it the one that is looked at. */
export function Inbox() {
  const { gate: openId = '' } = useParams<{ gate?: string }>();
  const [search] = useSearchParams();
  const view = readInboxView(search);
  const [, go] = useLocation();
  const isWide = useMedia('(min-width: 900px)');
  const waiting = useWaitingRows(view.runId);
  const closed = useClosedRows(view.runId, view.show === 'closed');
  const { asked, rows, clearClosed } = view.show === 'closed' ? closed : waiting;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  /** What was read to its end while this screen was open. */
  const read = useRef(new Set<string>());
  /** What this window decided together with others. */
  const decidedHere = useRef(new Set<string>());
  /** The gate that a person opened, and not the screen by itself. */
  const opened = useRef(openId);

  const address = (gateId: string): string => inboxAddress(view, gateId);
  const open = (gateId: string): void => {
    opened.current = gateId;
    go(address(gateId));
  };
  const openBeside = (step: 1 | -1): void => {
    const beside = pendingBeside(rows, openId, step);
    if (beside !== null) open(beside);
  };
  const choose = (gateId: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(gateId);
    else next.delete(gateId);
    setChosen(next);
  };

  const first = rows[0]?.gate.id ?? '';
  useEffect(() => {
    // A wide screen has room for both: it opens the first by itself, and takes no focus for that.
    if (isWide && openId === '' && first !== '') go(address(first), { replace: true });
  });

  useEffect(() => {
    // The frame gives the focus to the whole screen; letters act in the inbox only while it is in there.
    const frame = focusHeadingIfLost();
    return () => cancelAnimationFrame(frame);
  }, []);

  const clearAndKeepFocus = (): void => {
    clearClosed();
    focusHeadingIfLost();
  };

  const onRead = useCallback((gate: ClientGate) => void read.current.add(readingOf(gate)), []);
  const onDecided = (gate: ClientGate): void => {
    announce(closedSentence(gate, 'own'));
    const next = pendingBeside(rows, gate.id, 1);
    if (next === null) document.querySelector<HTMLElement>('[data-card="heading"]')?.focus();
    else open(next);
  };

  const onKeyDown = useInboxKeys({ onNext: () => openBeside(1), onPrevious: () => openBeside(-1) });
  const chosenGates = rows.filter(({ gate, isPending }) => isPending && chosen.has(gate.id)).map(({ gate }) => gate);
  const closedHere = rows.filter(({ isPending }) => !isPending).length;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of everything within, which has roles of its own
    <div
      className="grid h-full min-h-0 medium:grid-cols-[clamp(15rem,31vw,27.5rem)_minmax(0,1fr)] medium:gap-4"
      onKeyDown={onKeyDown}
    >
      {isWide || openId === '' ? (
        <section aria-labelledby="inbox-heading" className="flex min-h-0 flex-col">
          <InboxHead view={view} />
          <div className="min-h-0 grow overflow-y-auto">
            <Answer asked={asked} what="the gates">
              {() =>
                rows.length === 0 ? (
                  <EmptyNote>{emptySentence(view)}</EmptyNote>
                ) : (
                  <GateList
                    label={view.show === 'closed' ? 'Closed gates' : 'Waiting gates'}
                    rows={rows}
                    openId={openId}
                    hrefOf={address}
                    chosen={view.show === 'waiting' ? chosen : null}
                    onChoose={choose}
                    onOpen={(gateId) => {
                      opened.current = gateId;
                    }}
                  />
                )
              }
            </Answer>
          </div>
          {view.show === 'waiting' && closedHere > 0 ? (
            <Button className="my-1 self-start" onClick={clearAndKeepFocus}>
              Clear {plural(closedHere, 'closed gate')}
            </Button>
          ) : null}
          {chosenGates.length === 0 ? null : (
            <BatchBar
              gates={chosenGates}
              wasRead={(gate) => read.current.has(readingOf(gate))}
              onSending={(gates) => {
                for (const { id } of gates) decidedHere.current.add(id);
              }}
              onDone={() => {
                setChosen(new Set());
                focusHeadingIfLost();
              }}
            />
          )}
        </section>
      ) : null}
      {openId === '' ? null : (
        <OpenGate
          key={openId}
          gateId={openId}
          known={rows.find(({ gate }) => gate.id === openId)?.gate}
          takesFocus={opened.current === openId}
          isOwn={decidedHere.current.has(openId)}
          backHref={isWide ? null : address('')}
          onRead={onRead}
          onDecided={onDecided}
        />
      )}
    </div>
  );
}

/** Once what is going has gone, or the frame has given the focus to the whole screen. */
const focusHeadingIfLost = (): number =>
  requestAnimationFrame(() => {
    const holder = document.activeElement;
    if (holder === document.body || holder?.id === 'main') document.getElementById('inbox-heading')?.focus();
  });

function emptySentence({ show, runId }: ReturnType<typeof readInboxView>): string {
  const of = runId === '' ? '' : ` of run ${runId}`;
  return show === 'closed' ? `No gate${of} was closed yet.` : `No gate${of} waits.`;
}
