import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import { useConnection } from '../../api/instance-context.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import type { StepTabProps } from '../step/step-tab-props.ts';
import { lineOfHash } from './line-address.ts';
import { LogPane } from './log-pane.tsx';
import { logReader } from './log-reader.ts';

/** What the program of an attempt printed. */
export function LogTab({ facts: { step }, attempt }: StepTabProps) {
  if (attempt === null) return <EmptyNote>Nothing was tried yet, so nothing was printed.</EmptyNote>;
  return <AttemptLog key={attempt.id} stepId={step.id} attempt={attempt} />;
}

const STREAMS = [
  { value: 'out', label: 'Output' },
  { value: 'err', label: 'Errors' },
  { value: 'both', label: 'Both' },
] as const;

function AttemptLog({ stepId, attempt }: { readonly stepId: string; readonly attempt: ClientAttempt }) {
  const connection = useConnection();
  const [search, setSearch] = useSearchParams();
  const shows = search.get('stream') ?? 'out';
  const wraps = search.get('wrap') === '1';
  const { id: attemptId } = attempt;
  const out = useMemo(
    () => logReader(connection, { stepId, attemptId, stream: 'stdout' }),
    [connection, stepId, attemptId],
  );
  const errors = useMemo(
    () => logReader(connection, { stepId, attemptId, stream: 'stderr' }),
    [connection, stepId, attemptId],
  );
  const put = (name: string, value: string): void =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        after.set(name, value);
        return after;
      },
      { replace: true },
    );
  const pane = {
    wraps,
    onWrap: () => put('wrap', wraps ? '0' : '1'),
    hasEnded: attempt.endedAtMs !== null,
  };
  const linked = lineOfHash(location.hash);
  return (
    <div className="flex h-full min-h-64 flex-col gap-1">
      <div className="flex flex-wrap items-center gap-3">
        <fieldset className="flex gap-1">
          <legend className="sr-only">Which output</legend>
          {STREAMS.map(({ value, label }) => (
            <Button
              key={value}
              aria-pressed={shows === value}
              className={shows === value ? 'bg-selected font-semibold' : undefined}
              onClick={() => put('stream', value)}
            >
              {label}
            </Button>
          ))}
        </fieldset>
        <Button aria-pressed={wraps} className={wraps ? 'bg-selected font-semibold' : undefined} onClick={pane.onWrap}>
          Wrap
        </Button>
        {shows === 'both' ? (
          <span className="text-meta text-ink-2">
            The record keeps the two apart: which line came first is not known.
          </span>
        ) : null}
        {attempt.isSimulation ? (
          <span className="text-warn">A simulation: no program ran, this output is made up.</span>
        ) : null}
      </div>
      {shows === 'err' ? null : <LogPane reader={out} linkedLine={linked} {...pane} />}
      {shows === 'out' ? null : <LogPane reader={errors} linkedLine={shows === 'err' ? linked : null} {...pane} />}
    </div>
  );
}
