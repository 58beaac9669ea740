import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import { listAllGates } from '../../../contract/client/gate-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapItems } from '../../api/unwrap.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { useOutsideLink } from '../../parts/outside-link.tsx';
import { formatBytes, plural } from '../../words/format-number.ts';
import type { StepTabProps } from '../step/step-tab-props.ts';
import { ActivityList } from './activity-list.tsx';
import { AskLink } from './agent-text.tsx';
import { shownEntries } from './shown-entries.ts';
import { usageText } from './usage-text.ts';
import { useActivity, type WatchedActivity } from './use-activity.ts';

/** What the agent of an attempt says, thinks, does and asks. */
export function ActivityTab({ attempt }: StepTabProps) {
  if (attempt === null) return <EmptyNote>Nothing was tried yet, so no agent did anything.</EmptyNote>;
  return <AttemptActivity key={attempt.id} attempt={attempt} />;
}

/** Enough for days of an agent; more is read when it is asked for. */
const MOST_BYTES = 8 * 1024 * 1024;

function AttemptActivity({ attempt }: { readonly attempt: ClientAttempt }) {
  const connection = useConnection();
  const isOver = attempt.endedAtMs !== null;
  const [mostBytes, setMostBytes] = useState(MOST_BYTES);
  const [isUnfolded, setIsUnfolded] = useState(false);
  const { transcript, life, skippedBytes } = useActivity(attempt.id, !isOver, mostBytes);
  const gates = useQuery({
    queryKey: keys.gates({ stepId: attempt.stepId }),
    queryFn: () => unwrapItems(listAllGates(connection, { stepId: attempt.stepId })),
  });
  const entries = useMemo(
    () =>
      shownEntries(
        transcript.entries,
        (gates.data ?? []).filter(({ attemptId }) => attemptId === attempt.id),
      ),
    [transcript, gates.data, attempt.id],
  );
  const { ask, dialog } = useOutsideLink();
  const note = noteOf(life, isOver, attempt.isSimulation);
  return (
    <AskLink value={ask}>
      <div className="flex h-full min-h-48 flex-col gap-1">
        {entries.length === 0 ? null : (
          <div className="flex min-h-8 flex-wrap items-center gap-3 text-meta text-ink-2">
            <span>{plural(entries.length, 'entry', 'entries')}</span>
            <span>{usageText(transcript.usage)}</span>
            <span className="grow" />
            <Button aria-pressed={isUnfolded} onClick={() => setIsUnfolded(!isUnfolded)}>
              {isUnfolded ? 'Fold all' : 'Unfold all'}
            </Button>
          </div>
        )}
        {skippedBytes === 0 ? null : (
          <p className="flex flex-wrap items-center gap-2 text-ink-2">
            The first {formatBytes(skippedBytes)} are not shown.
            <Button onClick={() => setMostBytes(Number.POSITIVE_INFINITY)}>Read all</Button>
          </p>
        )}
        {life.kind === 'failed' ? <FailureNote failure={life.failure} what="the activity" /> : null}
        {note === '' || entries.length > 0 ? null : <EmptyNote>{note}</EmptyNote>}
        {entries.length === 0 ? null : (
          <ActivityList
            key={isUnfolded ? 'unfolded' : 'folded'}
            entries={entries}
            isAgentLive={life.kind === 'live' && !isOver}
            isUnfolded={isUnfolded}
          />
        )}
      </div>
      {dialog}
    </AskLink>
  );
}

function noteOf({ kind }: WatchedActivity['life'], isOver: boolean, isSimulation: boolean): string {
  if (kind === 'asking' || kind === 'failed') return '';
  if (isSimulation) return 'A simulation: no agent did anything.';
  if (!isOver) return 'The agent has not done anything yet. What it does appears here.';
  return 'No agent did anything here. What the program printed is in the log.';
}
