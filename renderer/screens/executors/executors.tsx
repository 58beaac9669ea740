import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ClientExecutor } from '../../../contract/client/client-executor.ts';
import { listExecutors } from '../../../contract/client/executor-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { Button } from '../../parts/button.tsx';
import { Answer } from '../../parts/region.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import { executorVerdict, problemsFirst, signInWords } from './executor-words.ts';

/** Who can be given a task here, and what was found of each. */
export function Executors() {
  const connection = useConnection();
  const queries = useQueryClient();
  const [isTesting, setTesting] = useState(false);
  const list = useQuery({
    queryKey: keys.executors,
    queryFn: ({ signal }) => unwrapView(listExecutors(connection, { anew: false, signal })),
  });
  const testAll = async (): Promise<void> => {
    setTesting(true);
    try {
      await queries.fetchQuery({
        queryKey: keys.executors,
        queryFn: ({ signal }) => unwrapView(listExecutors(connection, { anew: true, signal })),
        staleTime: 0,
      });
    } finally {
      setTesting(false);
    }
  };
  return (
    <>
      <div className="flex items-baseline justify-between gap-4 pb-2">
        <h1>Executors</h1>
        <Button aria-disabled={isTesting} onClick={isTesting ? undefined : () => void testAll()}>
          {isTesting ? 'Testing…' : 'Test all'}
        </Button>
      </div>
      <Answer asked={list} what="the list of executors">
        {({ executors, problems }) => (
          <>
            {problems.map((problem) => (
              <p key={problem} className="border-l-4 border-double border-fail pl-3">
                {problem}
              </p>
            ))}
            <Table label="Executors" headings={['Executor', 'Found', 'Version', 'Signed in', 'Can ask', 'From']}>
              {problemsFirst(executors).map((executor) => (
                <ExecutorRow key={executor.name} executor={executor} />
              ))}
            </Table>
          </>
        )}
      </Answer>
    </>
  );
}

function ExecutorRow({ executor }: { readonly executor: ClientExecutor }) {
  const { kind, text } = executorVerdict(executor);
  return (
    <Row>
      <Cell>
        <Link
          href={`/executors/${encodeURIComponent(executor.name)}`}
          className="font-semibold whitespace-nowrap text-accent"
        >
          {executor.name}
        </Link>
      </Cell>
      <Cell>
        <Verdict kind={kind}>{text}</Verdict>
        {executor.detail === '' || kind === 'good' ? null : <p className="text-ink-2">{executor.detail}</p>}
        {executor.problems.map((problem) => (
          <p key={problem} className="text-ink-2">
            {problem}
          </p>
        ))}
      </Cell>
      <Cell>{executor.version ?? (executor.isAvailable ? <span className="text-ink-3">not reported</span> : '')}</Cell>
      <Cell>{executor.isAvailable ? signInWords(executor.loggedIn) : ''}</Cell>
      <Cell>{executor.canAsk === null ? '' : executor.canAsk ? 'Yes' : 'No: denied actions fail'}</Cell>
      <Cell>
        {executor.source === 'repository' ? (executor.file ?? 'this repository') : executor.source.replace('_', ' ')}
      </Cell>
    </Row>
  );
}
