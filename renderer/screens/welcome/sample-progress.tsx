import { CircleCheck, CircleDashed, CirclePlay } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { ClientStep } from '../../../contract/client/client-step.ts';
import { announce } from '../../app/announcements.ts';
import { useLiveState } from '../../live/use-live-state.ts';
import { SeenText } from '../../parts/seen-text.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { stateWords } from '../../words/states.ts';
import { isSettled, SAMPLE_STAGES, stageStates } from './sample-task.ts';
import { WhatNext } from './what-next.tsx';

const LOOK = {
  done: { icon: CircleCheck, text: 'done', className: 'text-done' },
  now: { icon: CirclePlay, text: 'now', className: 'text-live' },
  later: { icon: CircleDashed, text: 'later', className: 'text-ink-3' },
} as const;

/** Each stage as it is reached, and at the end what to do next. */
export function SampleProgress({ step }: { readonly step: ClientStep }) {
  const state = useLiveState(step.id, step);
  const isOver = isSettled(state);
  const hasCompleted = state.startsWith('completed');
  const { label } = stateWords('step', state);
  useEffect(() => {
    if (isOver) announce(`The sample has ended: ${label}`);
  }, [isOver, label]);
  const states = stageStates(state);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which is nothing to clean up with.
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={place}>
      <p className="flex flex-wrap items-center gap-3">
        <StateMark noun="step" state={state} />
        <Link href={`/steps/${encodeURIComponent(step.id)}`} className="inline-flex min-h-6 items-center text-accent">
          <SeenText text={step.title} />
        </Link>
        <span className="text-ink-2">{step.statusReason}</span>
      </p>
      {isOver && !hasCompleted ? (
        <p className="py-2">It did not come to its end. The step says why, and Doctor what is missing here.</p>
      ) : (
        <ol className="py-2">
          {SAMPLE_STAGES.map(({ label: stage }, index) => {
            const { icon: Icon, text, className } = LOOK[states[index] ?? 'later'];
            return (
              <li key={stage} className={`flex min-h-6 items-center gap-2 ${className}`}>
                <Icon aria-hidden size={16} strokeWidth={1.62} className="shrink-0" />
                {stage}
                <span className="sr-only">, {text}</span>
              </li>
            );
          })}
        </ol>
      )}
      {isOver ? <WhatNext stepId={step.id} runId={step.runId} /> : null}
    </div>
  );
}
