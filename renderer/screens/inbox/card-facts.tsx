import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { useGateAttempt } from '../../api/gate-subject.ts';
import { SideBadge } from '../../app/side-badge.tsx';
import { useInstanceFacts } from '../../app/use-summary.ts';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { SeenText } from '../../parts/seen-text.tsx';
import { ShortId } from '../../parts/short-id.tsx';
import { formatClock, formatExact } from '../../words/format-time.ts';
import { attemptReach, gateWords } from '../../words/gate-words.ts';

/** Why it is asked, and where it would happen. */
export function WhyAndWhere({ gate }: { readonly gate: ClientGate }) {
  const { request, reasons } = gate;
  const claim = request?.reason ?? '';
  const measured = reasons.filter((reason) => reason !== claim);
  return (
    <dl className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3 gap-y-1">
      {measured.length === 0 ? null : (
        <Fact label="Why">
          <ul>
            {measured.map((reason) => (
              <li key={reason}>
                <SeenText text={reason} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {claim === '' ? null : (
        <Fact label="Agent says">
          “<SeenText text={claim} />”
        </Fact>
      )}
      {request === null || request.cwd === '' ? null : (
        <Fact label="Where">
          <Where gate={gate} cwd={request.cwd} />
        </Fact>
      )}
    </dl>
  );
}

function Where({ gate, cwd }: { readonly gate: ClientGate; readonly cwd: string }) {
  const attempt = useGateAttempt(gate);
  const facts = useInstanceFacts().data;
  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <SideBadge facts={facts} />
      <span className="font-mono text-log wrap-anywhere">
        <SeenText text={cwd} />
      </span>
      {attempt?.worktreePath === cwd ? <span className="text-ink-2">the attempt’s own worktree</span> : null}
      <Button look="bare" onClick={() => void copyText(cwd, 'path')}>
        Copy path
      </Button>
    </div>
  );
}

/** What each answer does, and to what exactly it is given. */
export function Consequences({ gate }: { readonly gate: ClientGate }) {
  const { whenApproved, whenRejected, undo, approve, reject } = gateWords(gate);
  return (
    <dl className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3 gap-y-1 border-t border-line pt-2">
      {gate.state === 'pending' ? (
        <>
          <Fact label={approve}>
            {whenApproved} {undo}
          </Fact>
          {gate.request === null ? null : (
            <Fact label="For this attempt">
              {attemptReach(gate)} <RuleLink gate={gate} />
            </Fact>
          )}
          <Fact label={reject}>{whenRejected}</Fact>
          <Fact label="Expires">
            <Expiry gate={gate} />
          </Fact>
        </>
      ) : null}
      <Fact label="Digest">
        <ShortDigest digest={gate.subjectDigest} /> <span className="text-ink-3">of gate</span> <ShortId id={gate.id} />
      </Fact>
    </dl>
  );
}

/** To allow more than what is asked is for the rules of the executor's profile. */
function RuleLink({ gate }: { readonly gate: ClientGate }) {
  const attempt = useGateAttempt(gate);
  return attempt === undefined ? null : (
    <Link className="text-accent underline" href={`/executors/${attempt.executor}`}>
      Change the rule
    </Link>
  );
}

function Expiry({ gate: { expiresAtMs, onExpiry } }: { readonly gate: ClientGate }) {
  if (expiresAtMs === null) return 'Never: it waits until somebody decides.';
  return (
    <>
      <time dateTime={new Date(expiresAtMs).toISOString()} title={formatExact(expiresAtMs)}>
        {formatClock(expiresAtMs)}
      </time>
      {onExpiry === 'keep' ? '' : ', then rejected'}
    </>
  );
}

/** The beginning of a hash; a press copies the whole. */
const ShortDigest = ({ digest }: { readonly digest: string }) => (
  <button
    type="button"
    title={digest}
    aria-label={`Copy digest ${digest.slice(0, 12)}`}
    className="min-h-6 rounded-sm font-mono text-log hover:bg-hover"
    onClick={() => void copyText(digest, 'digest')}
  >
    {digest.slice(0, 12)}
  </button>
);

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <>
    <dt className="text-ink-3">{label}</dt>
    <dd className="min-w-0">{children}</dd>
  </>
);
