import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { ClientCheck } from '../../../contract/client/client-checks.ts';
import { getDiagnostics } from '../../../contract/client/record-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { Answer, Region } from '../../parts/region.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import { plural } from '../../words/format-number.ts';

/** Whether this machine is ready; what is not in order, with what to do about it. */
export function Readiness() {
  const connection = useConnection();
  const checks = useQuery({
    queryKey: keys.diagnostics,
    queryFn: ({ signal }) => unwrapView(getDiagnostics(connection, signal)),
  });
  return (
    <Region
      heading="This machine"
      aside={
        <Link href="/doctor" className="inline-flex min-h-6 items-center text-accent">
          Open Doctor
        </Link>
      }
    >
      <Answer asked={checks} what="what was checked">
        {(list) => <Found checks={list} />}
      </Answer>
    </Region>
  );
}

function Found({ checks }: { readonly checks: readonly ClientCheck[] }) {
  const problems = checks.filter(({ result }) => result === 'problem');
  const warnings = checks.filter(({ result }) => result === 'warning');
  const fine = checks.length - problems.length - warnings.length;
  return (
    <>
      <p>
        <Verdict kind={problems.length > 0 ? 'bad' : 'good'}>{problems.length > 0 ? 'Not ready' : 'Ready'}</Verdict>{' '}
        {plural(fine, 'check')} in order
        {warnings.length === 0 ? '' : `, ${plural(warnings.length, 'thing')} to look at`}.
      </p>
      <ul className="pt-1">
        {[...problems, ...warnings].map(({ name, result, detail, advice }) => (
          <li key={name} className="py-1">
            <Verdict kind={result === 'problem' ? 'bad' : 'doubtful'}>{name}</Verdict> {detail}{' '}
            <span className="text-ink-2">{advice}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
