import { type KeyboardEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { announce } from '../../app/announcements.ts';
import { keyPlaceOf } from '../../app/key-place.ts';
import { useFeedStatus } from '../../live/feed-status.ts';
import { gateWords } from '../../words/gate-words.ts';
import { Asked, isWorkAsked } from './asked.tsx';
import { CardActions } from './card-actions.tsx';
import { Consequences, WhyAndWhere } from './card-facts.tsx';
import { CardHead } from './card-head.tsx';
import { CardNotice } from './card-notice.tsx';
import type { Phase } from './decision-state.ts';
import { noticeSentence } from './notice-sentence.ts';
import { useDecision } from './use-decision.ts';
import { useReadToEnd } from './use-read-to-end.ts';

interface GateCardProps {
  /** The newest that is known; one card is of one gate. */
  readonly gate: ClientGate;
  /** It was opened by a person: then reading goes on at its heading. */
  readonly takesFocus: boolean;
  /** This window decided it, together with others. */
  readonly isOwn: boolean;
  readonly onRead: (gate: ClientGate) => void;
  readonly onDecided: (gate: ClientGate) => void;
}

/** One gate, with exactly what is asked and its two answers. */
export function GateCard({ gate: newest, takesFocus, isOwn, onRead, onDecided }: GateCardProps) {
  const { decider, state } = useDecision(newest);
  const { gate, isRead, phase } = state;
  const isConnected = useFeedStatus(({ status }) => status.kind === 'live');
  const heading = useRef<HTMLHeadingElement>(null);
  const [wholeDigest, setWholeDigest] = useState('');
  const onWhole = useCallback(() => setWholeDigest(gate.subjectDigest), [gate.subjectDigest]);
  const isWhole = !isWorkAsked(gate) || wholeDigest === gate.subjectDigest;
  const { scroller, restLines, readOn } = useReadToEnd(isWhole ? gate.subjectDigest : '');
  const isAtEnd = isWhole && restLines === 0;

  useEffect(() => {
    if (isAtEnd) decider.tell({ kind: 'read-to-end', digest: gate.subjectDigest });
  }, [decider, isAtEnd, gate.subjectDigest]);
  useEffect(() => {
    if (isRead) onRead(gate);
  }, [isRead, gate, onRead]);
  const isTold = useRef(false);
  useEffect(() => {
    if (isTold.current || phase.kind !== 'decided' || gate.state === 'pending') return;
    isTold.current = true;
    onDecided(gate);
  }, [phase.kind, gate, onDecided]);
  useHeadingFocus(heading, takesFocus);
  useFocusKept(heading, phase.kind === 'closed' || phase.kind === 'decided');
  useSaying(noticeSentence(state, { isConnected: true, isOwn }), phase.kind !== 'decided' && !isPassing(phase));

  return (
    <article
      aria-label={gateWords(gate).title}
      className="flex h-full min-h-96 flex-col gap-2"
      onKeyDown={ignoreRepeatedPress}
    >
      <CardHead gate={gate} heading={heading} />
      <div
        ref={scroller}
        role="region"
        aria-label="What is asked"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        tabIndex={0}
        className="min-h-24 grow overflow-y-auto focus-visible:-outline-offset-2"
      >
        <div className="flex flex-col gap-3 pr-2 pb-2">
          <WhyAndWhere gate={gate} />
          <Asked gate={gate} onWhole={onWhole} />
          <Consequences gate={gate} />
        </div>
      </div>
      <footer className="flex flex-col gap-2 border-t border-line pt-2">
        <CardNotice state={state} isConnected={isConnected} isOwn={isOwn} />
        <CardActions
          state={state}
          isConnected={isConnected}
          restLines={isWhole ? restLines : null}
          onReadOn={readOn}
          onAnswer={(answer) => void decider.press(answer)}
          onRearranged={() => decider.tell({ kind: 'rearranged' })}
        />
      </footer>
    </article>
  );
}

/** A button is pressed again and again while Enter is held down: here the first counts. */
function ignoreRepeatedPress(event: KeyboardEvent): void {
  const isPress = event.key === 'Enter' || event.key === ' ';
  if (isPress && event.repeat && keyPlaceOf(event.target) === 'page') event.preventDefault();
}

/** The buttons go when it is over, and the focus with them, if they had it. */
function useFocusKept(heading: RefObject<HTMLHeadingElement | null>, isOver: boolean): void {
  const wasOver = useRef(isOver);
  useLayoutEffect(() => {
    if (isOver && !wasOver.current && document.activeElement === document.body) heading.current?.focus();
    wasOver.current = isOver;
  }, [heading, isOver]);
}

/** After the screen has taken the focus for itself. */
function useHeadingFocus(heading: RefObject<HTMLHeadingElement | null>, takesFocus: boolean): void {
  useEffect(() => {
    if (!takesFocus) return undefined;
    const frame = requestAnimationFrame(() => heading.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [heading, takesFocus]);
}

/** Over in an instant, and followed by what is to be said. */
const isPassing = (phase: Phase): boolean => phase.kind === 'unclear' && !phase.mayCount;

/** What is told beside the buttons is heard, too; once for each sentence. */
function useSaying(sentence: string, isOn: boolean): void {
  useEffect(() => {
    if (isOn && sentence !== '') announce(sentence);
  }, [sentence, isOn]);
}
