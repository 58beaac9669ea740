import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ClientLastAudit, ClientOverview } from '../../../contract/client/client-overview.ts';
import { getDiagnostics } from '../../../contract/client/record-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { Answer, type Asked, Region } from '../../parts/region.tsx';
import { When } from '../../parts/when.tsx';
import { formatCount, plural } from '../../words/format-number.ts';

/** Whether the record holds, what is kept, and whether the daemon finds something wrong with itself. */
export function Trust({ overview }: { readonly overview: Asked<ClientOverview> }) {
  return (
    <Region heading="Trust">
      <Answer asked={overview} what="the state of the record">
        {({ audit, setAside, keptWorktrees }) => (
          <ul className="flex flex-wrap gap-x-6 gap-y-1">
            <Fact href="/audit" isWrong={audit !== null && !audit.ok}>
              <Chain audit={audit} />
            </Fact>
            <Fact href="/audit" isWrong={setAside > 0}>
              {formatCount(setAside)} set aside
            </Fact>
            <Fact href="/salvage" isWrong={false}>
              {plural(keptWorktrees, 'worktree')} kept
            </Fact>
            <Doctor />
          </ul>
        )}
      </Answer>
    </Region>
  );
}

function Chain({ audit }: { readonly audit: ClientLastAudit | null }) {
  if (audit === null) return 'The chain was never verified';
  if (!audit.ok) return `The record does not hold: ${plural(audit.problems, 'problem')}`;
  return (
    <>
      Chain verified <When atMs={audit.atMs} />
      {', '}
      {plural(audit.events, 'event')}
    </>
  );
}

function Doctor() {
  const connection = useConnection();
  const { data } = useQuery({
    queryKey: keys.diagnostics,
    queryFn: ({ signal }) => unwrapView(getDiagnostics(connection, signal)),
  });
  if (data === undefined) return null;
  const problems = data.filter(({ result }) => result === 'problem').length;
  const warnings = data.filter(({ result }) => result === 'warning').length;
  return (
    <Fact href="/doctor" isWrong={problems > 0}>
      {problems > 0
        ? `Doctor: ${plural(problems, 'problem')}`
        : warnings > 0
          ? `Doctor: ${plural(warnings, 'warning')}`
          : 'Doctor: nothing to mend'}
    </Fact>
  );
}

interface FactProps {
  readonly href: string;
  readonly isWrong: boolean;
  readonly children: ReactNode;
}

const Fact = ({ href, isWrong, children }: FactProps) => (
  <li>
    <Link
      href={href}
      className={isWrong ? 'inline-flex min-h-6 items-center gap-1 font-semibold text-fail underline' : LINK}
    >
      <span>{children}</span>
    </Link>
  </li>
);

const LINK = 'inline-flex min-h-6 items-center gap-1 underline decoration-line underline-offset-4 hover:decoration-ink';
