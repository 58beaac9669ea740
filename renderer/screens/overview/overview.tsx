import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { getQueue } from '../../../contract/client/queue-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { usePendingGates } from '../../app/use-summary.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer, Region } from '../../parts/region.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { Lasting, When } from '../../parts/when.tsx';

/** What needs me, what runs. */
export function Overview() {
  const connection = useConnection();
  const gates = usePendingGates();
  const queue = useQuery({ queryKey: keys.queue, queryFn: () => unwrapView(getQueue(connection)) });
  return (
    <>
      <h1 className="sr-only">Overview</h1>
      <Region heading="Needs you">
        <Answer asked={gates} what="what waits for you">
          {(list) =>
            list.length === 0 ? (
              <EmptyNote>Nothing waits for you.</EmptyNote>
            ) : (
              <ul>
                {list.map((gate) => (
                  <li key={gate.id} className="flex min-h-7 items-center gap-4">
                    <StateMark noun="gate" state={gate.state} />
                    <Link href={`/inbox/${gate.id}`} className="grow truncate">
                      {gate.description}
                    </Link>
                    <When atMs={gate.createdAtMs} />
                  </li>
                ))}
              </ul>
            )
          }
        </Answer>
      </Region>
      <Region heading="Running">
        <Answer asked={queue} what="what runs">
          {({ running }) =>
            running.length === 0 ? (
              <EmptyNote>Nothing runs.</EmptyNote>
            ) : (
              <ul>
                {running.map((step) => (
                  <li key={step.stepId} className="flex min-h-7 items-center gap-4">
                    <StateMark noun="step" state={step.state} />
                    <Link href={`/steps/${step.stepId}`} className="grow truncate">
                      {step.title}
                    </Link>
                    <span className="text-ink-2">{step.executor}</span>
                    <Lasting fromMs={step.startedAtMs} toMs={null} />
                  </li>
                ))}
              </ul>
            )
          }
        </Answer>
      </Region>
    </>
  );
}
