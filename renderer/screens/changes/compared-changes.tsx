import { WorkerPoolContextProvider } from '@pierre/diffs/react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type ChangeSubject, readStepChanges } from '../../../contract/client/changes-routes.ts';
import type { ClientChanges } from '../../../contract/client/client-changes.ts';
import { listAllGates } from '../../../contract/client/gate-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrap, unwrapItems } from '../../api/unwrap.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { ChangesView } from './changes-view.tsx';
import { DIFF_POOL, HIGHLIGHTER } from './diff-options.ts';

interface ComparedChangesProps {
  /** The same object as long as it says the same. */
  readonly subject: ChangeSubject;
  /** `base 3f1e2d7`, `attempt 1`. */
  readonly base: string;
  readonly lead: ReactNode;
  readonly tail: (changes: ClientChanges, here: string) => ReactNode;
}

/** The files that differ, once it is known which they are. */
export function ComparedChanges({ subject, base, lead, tail }: ComparedChangesProps) {
  const connection = useConnection();
  const { stepId } = subject;
  const of = 'fromId' in subject ? { from: subject.fromId, to: subject.toId } : { attempt: subject.attemptId };
  const changes = useQuery({
    queryKey: [...keys.stepChanges(stepId, of), 'all'],
    queryFn: ({ signal }) => unwrap(readStepChanges(connection, subject, signal)),
  });
  const gates = useQuery({
    queryKey: [...keys.step(stepId), 'gates'],
    queryFn: () => unwrapItems(listAllGates(connection, { stepId })),
  });
  return (
    // Its workers start while the list is on its way.
    <WorkerPoolContextProvider poolOptions={DIFF_POOL} highlighterOptions={HIGHLIGHTER}>
      <Answer asked={changes} what="what changed">
        {(found) => {
          if (found === null) {
            return (
              <Nothing lead={lead}>Its changes are listed when its work is saved, at the end of the attempt.</Nothing>
            );
          }
          if (found.files.length === 0) {
            return <Nothing lead={lead}>No diff: nothing changed since {base}.</Nothing>;
          }
          return (
            <ChangesView
              subject={subject}
              changes={found}
              gates={gates.data ?? NO_GATES}
              lead={lead}
              tail={(here) => tail(found, here)}
            />
          );
        }}
      </Answer>
    </WorkerPoolContextProvider>
  );
}

const Nothing = ({ lead, children }: { readonly lead: ReactNode; readonly children: ReactNode }) => (
  <>
    <div className="flex items-center gap-3 py-2">{lead}</div>
    <EmptyNote>{children}</EmptyNote>
  </>
);

const NO_GATES = [] as const;
