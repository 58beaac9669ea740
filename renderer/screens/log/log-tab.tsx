import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { useConnection } from '../../api/instance-context.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import type { StepTabProps } from '../step/step-tab-props.ts';
import { lineOfHash } from './line-address.ts';
import { LogPane } from './log-pane.tsx';
import { logReader } from './log-reader.ts';

/** What the program of an attempt printed. */
export function LogTab({ facts: { step }, attempt }: StepTabProps) {
  if (attempt === null) return <EmptyNote>Nothing was tried yet, so nothing was printed.</EmptyNote>;
  return <AttemptLog key={attempt.id} stepId={step.id} attemptId={attempt.id} />;
}

function AttemptLog({ stepId, attemptId }: { readonly stepId: string; readonly attemptId: string }) {
  const connection = useConnection();
  const [search] = useSearchParams();
  const shows = search.get('stream') ?? 'out';
  const wraps = search.get('wrap') === '1';
  const linked = lineOfHash(location.hash);
  const out = useMemo(
    () => logReader(connection, { stepId, attemptId, stream: 'stdout' }),
    [connection, stepId, attemptId],
  );
  const errors = useMemo(
    () => logReader(connection, { stepId, attemptId, stream: 'stderr' }),
    [connection, stepId, attemptId],
  );
  return (
    <div className="flex h-full min-h-48 flex-col gap-2">
      {shows === 'err' ? null : <LogPane reader={out} linkedLine={linked} wraps={wraps} />}
      {shows === 'out' ? null : <LogPane reader={errors} linkedLine={shows === 'err' ? linked : null} wraps={wraps} />}
    </div>
  );
}
