import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'wouter';
import type { ClientExecutor } from '../../../contract/client/client-executor.ts';
import { getExecutor } from '../../../contract/client/executor-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { Button } from '../../parts/button.tsx';
import { Answer, Region } from '../../parts/region.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import { executorVerdict, signInWords } from './executor-words.ts';

/** One executor: what was found of its program, and the profile it is run by. */
export function Executor() {
  const { name = '' } = useParams();
  const connection = useConnection();
  const queries = useQueryClient();
  const [isTesting, setTesting] = useState(false);
  const queryKey = [...keys.executors, name];
  const executor = useQuery({
    queryKey,
    queryFn: ({ signal }) => unwrapView(getExecutor(connection, { name, anew: false, signal })),
  });
  const test = async (): Promise<void> => {
    setTesting(true);
    try {
      const queryFn = () => unwrapView(getExecutor(connection, { name, anew: true }));
      await queries.fetchQuery({ queryKey, queryFn, staleTime: 0 });
    } finally {
      setTesting(false);
    }
  };
  return (
    <>
      <div className="flex items-baseline justify-between gap-4 pb-2">
        <h1>
          <Link href="/executors" className="text-accent">
            Executors
          </Link>{' '}
          / {name}
        </h1>
        <Button aria-disabled={isTesting} onClick={isTesting ? undefined : () => void test()}>
          {isTesting ? 'Testing…' : 'Test'}
        </Button>
      </div>
      <Answer asked={executor} what={`executor ${name}`}>
        {(found) => <Facts executor={found} />}
      </Answer>
    </>
  );
}

function Facts({ executor }: { readonly executor: ClientExecutor }) {
  const { kind, text } = executorVerdict(executor);
  const facts: readonly (readonly [string, string])[] = [
    ['Program', executor.binary ?? 'not found'],
    ['Version', executor.version ?? 'not reported'],
    ['Signed in', signInWords(executor.loggedIn)],
    ['Sandbox', executor.sandbox ?? 'none of its own'],
    ['Can ask', executor.canAsk === true ? 'Yes: its questions become gates' : 'No: what it may not do fails'],
    ['Spoken to by', executor.transport],
    ['Profile', executor.file ?? executor.source.replace('_', ' ')],
    ['Hash of the profile', executor.profileHash],
  ];
  return (
    <>
      <p>
        <Verdict kind={kind}>{text}</Verdict> {executor.detail}
      </p>
      {executor.problems.map((problem) => (
        <p key={problem}>{problem}</p>
      ))}
      <Region heading="What was found">
        <dl className="grid grid-cols-[10rem_minmax(0,1fr)] gap-x-4 gap-y-1">
          {facts.map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-ink-3">{label}</dt>
              <dd className="font-mono text-log">{value}</dd>
            </div>
          ))}
        </dl>
      </Region>
      <Region heading="Profile">
        <pre className="overflow-auto border border-line bg-sunken p-3">
          {JSON.stringify(executor.profile, null, 2)}
        </pre>
      </Region>
    </>
  );
}
