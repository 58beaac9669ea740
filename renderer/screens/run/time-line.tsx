import { formatClock, formatDuration } from '../../words/format-time.ts';
import { stateWords, type Tone } from '../../words/states.ts';
import type { Stretch } from './timeline.ts';

const FILL: Readonly<Record<Tone, string>> = {
  idle: 'bg-idle border-idle',
  live: 'bg-live border-live',
  done: 'bg-done border-done',
  warn: 'bg-warn border-warn',
  you: 'bg-amber border-you',
  fail: 'bg-fail border-fail',
  infra: 'bg-infra border-infra',
};

const HEIGHT: Readonly<Record<Stretch['kind'], string>> = {
  wait: 'h-0 border-t-2 border-dotted bg-transparent',
  attempt: 'h-3 border',
  gate: 'h-4 border-2',
};

/** What happened when, on one line; said in words to who listens or points at it. */
export function TimeLine({ stretches }: { readonly stretches: readonly Stretch[] }) {
  return (
    <span role="gridcell" className="relative h-full min-w-0">
      {stretches.map((one) => (
        <span
          key={`${one.kind}-${one.fromMs}`}
          title={tell(one)}
          style={{ left: `${one.from * 100}%`, width: `max(3px, ${(one.to - one.from) * 100}%)` }}
          className={`absolute top-1/2 -translate-y-1/2 rounded-sm ${FILL[wordsOf(one).tone]} ${HEIGHT[one.kind]}`}
        >
          <span className="sr-only">{tell(one)}. </span>
        </span>
      ))}
    </span>
  );
}

const wordsOf = ({ kind, state }: Stretch) => stateWords(kind === 'gate' ? 'gate' : 'attempt', state);

function tell(one: Stretch): string {
  const lasted = one.toMs === null ? 'until now' : `for ${formatDuration(one.toMs - one.fromMs)}`;
  const what =
    one.kind === 'wait' ? 'Waited' : one.kind === 'gate' ? `Gate: ${wordsOf(one).label}` : wordsOf(one).label;
  return `${what}, from ${formatClock(one.fromMs)} ${lasted}`;
}
