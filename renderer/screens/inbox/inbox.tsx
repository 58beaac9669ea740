import { useEffect, useState } from 'react';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { announce } from '../../app/announcements.ts';
import { useMedia } from '../../parts/use-media.ts';
import { closedSentence } from '../../words/gate-words.ts';
import { focusHeadingIfLost } from './focus-heading.ts';
import { InboxList } from './inbox-list.tsx';
import { createInboxMemory } from './inbox-memory.ts';
import { pendingBeside } from './inbox-rows.ts';
import { OpenGate } from './open-gate.tsx';
import { useClosedRows, useWaitingRows } from './use-gate-rows.ts';
import { useInboxKeys } from './use-inbox-keys.ts';
import { useInboxPlace } from './use-inbox-place.ts';

/** Every gate that waits, the oldest first, and beside it the one that is looked at. */
export function Inbox() {
  const place = useInboxPlace();
  const { view, openId, address, open } = place;
  const isWide = useMedia('(min-width: 900px)');
  const waiting = useWaitingRows(view.runId);
  const closed = useClosedRows(view.runId, view.show === 'closed');
  const list = view.show === 'closed' ? closed : waiting;
  const [memory] = useState(createInboxMemory);
  const openBeside = (step: 1 | -1): void => {
    const beside = pendingBeside(list.rows, openId, step);
    if (beside !== null) open(beside);
  };
  const onKeyDown = useInboxKeys({ onNext: () => openBeside(1), onPrevious: () => openBeside(-1) });
  const onDecided = (gate: ClientGate): void => {
    announce(closedSentence(gate, 'own'));
    const next = pendingBeside(list.rows, gate.id, 1);
    if (next === null) document.querySelector<HTMLElement>('[data-card="heading"]')?.focus();
    else open(next);
  };
  // There is room for list and card.
  const first = isWide ? (list.rows[0]?.gate.id ?? '') : '';
  useEffect(() => place.openByItself(first));
  useEffect(() => {
    const frame = focusHeadingIfLost();
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of everything within, which has roles of its own
    <div
      className="grid h-full min-h-0 medium:grid-cols-[clamp(15rem,31vw,27.5rem)_minmax(0,1fr)] medium:gap-4"
      onKeyDown={onKeyDown}
    >
      {isWide || openId === '' ? <InboxList list={list} place={place} memory={memory} /> : null}
      {openId === '' ? null : (
        <OpenGate
          key={openId}
          gateId={openId}
          known={list.rows.find(({ gate }) => gate.id === openId)?.gate}
          takesFocus={place.wasOpened}
          isOwn={memory.isOwn(openId)}
          backHref={isWide ? null : address('')}
          onRead={memory.noteRead}
          onDecided={onDecided}
        />
      )}
    </div>
  );
}
