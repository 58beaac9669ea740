import { useQueries, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { readStepChanges } from '../../../contract/client/changes-routes.ts';
import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import type { ClientChanges } from '../../../contract/client/client-changes.ts';
import type { ClientValidation } from '../../../contract/client/client-validation.ts';
import { listStepValidations } from '../../../contract/client/step-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrap, unwrapView } from '../../api/unwrap.ts';
import { SeenText } from '../../parts/seen-text.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { Lasting } from '../../parts/when.tsx';
import { plural } from '../../words/format-number.ts';
import { usageText } from '../activity/usage-text.ts';
import { LineCounts } from '../changes/line-counts.tsx';

interface PairTableProps {
  readonly stepId: string;
  readonly pair: readonly [ClientAttempt, ClientAttempt];
  /** What stands over the two columns. */
  readonly heads: readonly [ReactNode, ReactNode];
}

/** Fact by fact; what an agent says stands apart from what was measured. */
export function PairTable({ stepId, pair, heads }: PairTableProps) {
  const connection = useConnection();
  const validations = useQuery({
    queryKey: keys.stepValidations(stepId),
    queryFn: () => unwrapView(listStepValidations(connection, stepId)),
  });
  const changes = useQueries({
    queries: pair.map(({ id }) => ({
      queryKey: [...keys.stepChanges(stepId, { attempt: id }), 'all'],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        unwrap(readStepChanges(connection, { stepId, attemptId: id }, signal)),
    })),
  });
  const rows: readonly (readonly [string, (attempt: ClientAttempt, index: number) => ReactNode])[] = [
    ['State', ({ state }) => <StateMark noun="attempt" state={state} />],
    ['Why', ({ failureClass, exitCode }) => whyText(failureClass, exitCode)],
    ['Checks', ({ id }) => <Checks checks={validations.data?.get(id)} isKnown={validations.data !== undefined} />],
    ['Files, lines', (_, index) => <Files changes={changes[index]?.data} />],
    ['Time', ({ startedAtMs, endedAtMs }) => <Lasting fromMs={startedAtMs} toMs={endedAtMs} />],
    ['Cost', ({ usage }) => usageText(usage) || 'not reported'],
    ['Agent says', (attempt) => <Claim attempt={attempt} />],
    ['', (attempt) => <Links stepId={stepId} attempt={attempt} />],
  ];
  return (
    <div className="overflow-x-auto">
      <table aria-label="Attempts side by side" className="w-full max-w-5xl table-fixed border-collapse">
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className="w-28 py-1 text-left font-normal text-ink-3">
              Attempt
            </th>
            {heads.map((head, index) => (
              <th key={pair[index]?.id ?? index} scope="col" className="py-1 pr-4 text-left font-normal">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, cell]) => (
            <tr key={label} className="border-b border-line align-top">
              <th scope="row" className="py-1 pr-4 text-left font-normal text-ink-3">
                {label === '' ? <span className="sr-only">More</span> : label}
              </th>
              {pair.map((attempt, index) => (
                <td key={attempt.id} className="py-1 pr-4">
                  {cell(attempt, index)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function whyText(failureClass: string, exitCode: number | null): string {
  const exit = exitCode === null ? '' : `exit ${exitCode}`;
  return [failureClass.replaceAll('_', ' '), exit].filter((part) => part !== '').join(', ');
}

interface ChecksProps {
  readonly checks: readonly ClientValidation[] | undefined;
  readonly isKnown: boolean;
}

function Checks({ checks, isKnown }: ChecksProps) {
  if (!isKnown) return '';
  if (checks === undefined || checks.length === 0) return 'none was run';
  const failed = checks.filter(({ hasPassed }) => !hasPassed);
  const passed = `${checks.length - failed.length} of ${checks.length} passed`;
  return failed.length === 0 ? passed : `${passed}. Not passed: ${failed.map(({ name }) => name).join(', ')}`;
}

function Files({ changes }: { readonly changes: ClientChanges | null | undefined }) {
  if (changes === undefined) return '';
  if (changes === null) return 'not known yet';
  const { files, total } = changes;
  const sum = (what: 'additions' | 'deletions'): number => files.reduce((all, file) => all + (file[what] ?? 0), 0);
  return (
    <>
      {plural(total, 'file')} <LineCounts additions={sum('additions')} deletions={sum('deletions')} />
    </>
  );
}

function Claim({ attempt: { summary, invocation } }: { readonly attempt: ClientAttempt }) {
  if (invocation === null || summary === '') return <span className="text-ink-3">nothing</span>;
  return (
    <span className="line-clamp-4 whitespace-pre-wrap wrap-anywhere">
      “<SeenText text={summary} />”
    </span>
  );
}

function Links({ stepId, attempt: { number } }: { readonly stepId: string; readonly attempt: ClientAttempt }) {
  const step = `/steps/${encodeURIComponent(stepId)}`;
  return (
    <span className="flex gap-4">
      <Link href={`${step}?attempt=${number}`} className="text-accent underline">
        Open attempt {number}
      </Link>
      <Link href={`${step}/changes?attempt=${number}`} className="text-accent underline">
        Its own changes
      </Link>
    </span>
  );
}
