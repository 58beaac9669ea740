import { useMutation } from '@tanstack/react-query';
import type { ClientAudit } from '../../../contract/client/client-checks.ts';
import { verifyAudit } from '../../../contract/client/record-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { failureOf } from '../../api/request-error.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import { formatCount } from '../../words/format-number.ts';
import { formatClock } from '../../words/format-time.ts';

/** Whether the record is what was written: the chain of events, and the hash of every artifact. */
export function Audit() {
  const connection = useConnection();
  const check = useMutation({
    mutationFn: async () => ({ audit: await unwrapView(verifyAudit(connection)), atMs: Date.now() }),
  });
  return (
    <>
      <div className="flex items-baseline justify-between gap-4 pb-2">
        <h1>Audit</h1>
        <Button aria-disabled={check.isPending} onClick={check.isPending ? undefined : () => check.mutate()}>
          {check.isPending ? 'Verifying…' : 'Verify now'}
        </Button>
      </div>
      <p className="pb-3 text-ink-2">
        Each event holds the hash of the one before it, and each artifact its own. Verifying reads all of them again.
      </p>
      {check.error === null ? null : (
        <FailureNote failure={failureOf(check.error)} what="the result" onRetry={() => check.mutate()} />
      )}
      {check.data === undefined ? (
        check.isIdle ? (
          <EmptyNote>Not verified since this page was opened.</EmptyNote>
        ) : null
      ) : (
        <Verified {...check.data} />
      )}
    </>
  );
}

interface VerifiedProps {
  readonly audit: ClientAudit;
  readonly atMs: number;
}

function Verified({ audit: { isOk, events, artifacts, problems }, atMs }: VerifiedProps) {
  return (
    <>
      <p role="status">
        <Verdict kind={isOk ? 'good' : 'bad'}>{isOk ? 'As it was written' : 'Not as it was written'}</Verdict>{' '}
        {formatCount(events)} events and {formatCount(artifacts)} artifacts, verified {formatClock(atMs)}.
      </p>
      {problems.length === 0 ? null : (
        <Table label="Problems" headings={['Kind', 'What', 'Told']}>
          {problems.map(({ kind, subject, sentence }) => (
            <Row key={`${kind} ${subject}`}>
              <Cell>{kind}</Cell>
              <Cell>{subject}</Cell>
              <Cell>{sentence}</Cell>
            </Row>
          ))}
        </Table>
      )}
    </>
  );
}
