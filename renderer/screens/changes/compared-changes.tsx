import { useQuery } from '@tanstack/react-query';
import { type ChangeSubject, readStepChanges } from '../../../contract/client/changes-routes.ts';
import { listAllGates } from '../../../contract/client/gate-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrap, unwrapItems } from '../../api/unwrap.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { ChangesView } from './changes-view.tsx';

interface ComparedChangesProps {
  /** The same object as long as it says the same. */
  readonly subject: ChangeSubject;
  /** `base 3f1e2d7`, `attempt 1`. */
  readonly base: string;
}

/** The files that differ, once it is known which they are. */
export function ComparedChanges({ subject, base }: ComparedChangesProps) {
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
    <Answer asked={changes} what="what changed">
      {(found) => {
        if (found === null) {
          return <EmptyNote>Its changes are listed when its work is saved, at the end of the attempt.</EmptyNote>;
        }
        if (found.files.length === 0) return <EmptyNote>No diff: nothing changed since {base}.</EmptyNote>;
        return <ChangesView subject={subject} changes={found} gates={gates.data ?? NO_GATES} />;
      }}
    </Answer>
  );
}

const NO_GATES = [] as const;
