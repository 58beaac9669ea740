import { useQuery } from '@tanstack/react-query';
import type { ClientCheck } from '../../../contract/client/client-checks.ts';
import { getDiagnostics } from '../../../contract/client/record-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { Answer } from '../../parts/region.tsx';
import { Cell, Row, Table } from '../../parts/table.tsx';
import { Verdict, type VerdictKind } from '../../parts/verdict.tsx';
import { ownEntry } from '../../words/own-entry.ts';
import { reportText, worstFirst } from './doctor-report.ts';

const VERDICT: Readonly<Record<string, { readonly kind: VerdictKind; readonly text: string }>> = {
  ok: { kind: 'good', text: 'In order' },
  warning: { kind: 'doubtful', text: 'Look at it' },
  problem: { kind: 'bad', text: 'Problem' },
};

/** What the daemon found when it looked at itself and its machine. */
export function Doctor() {
  const connection = useConnection();
  const checks = useQuery({
    queryKey: keys.diagnostics,
    queryFn: ({ signal }) => unwrapView(getDiagnostics(connection, signal)),
    staleTime: 0,
  });
  return (
    <>
      <div className="flex items-baseline justify-between gap-4 pb-2">
        <h1>Doctor</h1>
        <span className="flex gap-2">
          <Button aria-disabled={checks.isFetching} onClick={() => void checks.refetch()}>
            {checks.isFetching ? 'Checking…' : 'Check again'}
          </Button>
          <Button onClick={() => void copyText(reportText(checks.data ?? []), 'report')}>Copy report</Button>
        </span>
      </div>
      <p className="pb-2 text-ink-2">The report holds what stands below, and no secrets, tasks or output.</p>
      <Answer asked={checks} what="what was checked">
        {(list) => (
          <Table label="Checks" headings={['Check', 'Result', 'Measured', 'What to do']}>
            {worstFirst(list).map((check) => (
              <CheckRow key={check.name} check={check} />
            ))}
          </Table>
        )}
      </Answer>
    </>
  );
}

function CheckRow({ check: { name, result, detail, advice } }: { readonly check: ClientCheck }) {
  const { kind, text } = ownEntry(VERDICT, result) ?? { kind: 'doubtful', text: result };
  return (
    <Row>
      <Cell>{name}</Cell>
      <Cell>
        <Verdict kind={kind}>{text}</Verdict>
      </Cell>
      <Cell>{detail}</Cell>
      <Cell>{advice}</Cell>
    </Row>
  );
}
