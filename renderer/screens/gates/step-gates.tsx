import { useQuery } from '@tanstack/react-query';
import { listAllGates } from '../../../contract/client/gate-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapItems } from '../../api/unwrap.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import type { StepTabProps } from '../step/step-tab-props.ts';
import { GateEntry } from './gate-entry.tsx';

/** Every stop of this step, newest first: what was asked, and who answered it. */
export function StepGates({ facts: { step, attempts } }: StepTabProps) {
  const connection = useConnection();
  const gates = useQuery({
    queryKey: keys.gates({ stepId: step.id }),
    queryFn: () => unwrapItems(listAllGates(connection, { stepId: step.id })),
  });
  const numberOf = (attemptId: string) => attempts.find(({ id }) => id === attemptId)?.number ?? null;
  return (
    <Answer asked={gates} what="the gates of this step">
      {(list) =>
        list.length === 0 ? (
          <EmptyNote>This step was stopped by no gate.</EmptyNote>
        ) : (
          <ul aria-label="Gates">
            {list.map((gate) => (
              <GateEntry key={gate.id} gate={gate} attemptNumber={numberOf(gate.attemptId)} />
            ))}
          </ul>
        )
      }
    </Answer>
  );
}
