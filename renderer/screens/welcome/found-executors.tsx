import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { listExecutors } from '../../../contract/client/executor-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer, Region } from '../../parts/region.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import { plural } from '../../words/format-number.ts';
import { executorVerdict, problemsFirst } from '../executors/executor-words.ts';

/** Who could be given a task here. */
export function FoundExecutors() {
  const connection = useConnection();
  const list = useQuery({
    queryKey: keys.executors,
    queryFn: ({ signal }) => unwrapView(listExecutors(connection, { anew: false, signal })),
  });
  return (
    <Region
      heading="Executors"
      aside={
        <Link href="/executors" className="inline-flex min-h-6 items-center text-accent">
          Open Executors
        </Link>
      }
    >
      <Answer asked={list} what="the list of executors">
        {({ executors }) => {
          const found = problemsFirst(executors).filter((one) => executorVerdict(one).kind !== 'absent');
          const missing = executors.length - found.length;
          return (
            <>
              {found.length === 0 ? <EmptyNote>None was found. The sample needs none but the shell.</EmptyNote> : null}
              <ul className="flex flex-wrap gap-x-6 gap-y-1">
                {found.map((executor) => (
                  <li key={executor.name} className="flex items-center gap-2">
                    <span className="font-semibold">{executor.name}</span>
                    <Verdict kind={executorVerdict(executor).kind}>{executorVerdict(executor).text}</Verdict>
                  </li>
                ))}
              </ul>
              {missing === 0 ? null : (
                <p className="pt-1 text-ink-2">{plural(missing, 'more is', 'more are')} known and not installed.</p>
              )}
            </>
          );
        }}
      </Answer>
    </Region>
  );
}
