import { Link } from 'wouter';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { Facts } from '../../parts/facts.tsx';
import { Rail } from '../../parts/rail.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { ShortHash } from '../../parts/short-hash.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { When } from '../../parts/when.tsx';
import { formatExact } from '../../words/format-time.ts';
import { closedSentence, gateSubject, gateWords } from '../../words/gate-words.ts';
import { stateWords } from '../../words/states.ts';

interface GateEntryProps {
  readonly gate: ClientGate;
  /** Null: it stands before the step itself. */
  readonly attemptNumber: number | null;
}

/** One stop: what was asked, word for word, and what became of it. */
export function GateEntry({ gate, attemptNumber }: GateEntryProps) {
  const { rail, tone } = stateWords('gate', gate.state);
  const isOpen = gate.state === 'pending';
  return (
    <li className="flex gap-3 border-t border-line">
      <Rail rail={rail} tone={tone} />
      <div className="min-w-0 grow py-2">
        <div className="flex flex-wrap items-center gap-x-4">
          <h2 className="text-body">{gateWords(gate).title}</h2>
          <StateMark noun="gate" state={gate.state} />
          <span className="text-ink-2">{attemptNumber === null ? 'The step' : `Attempt ${attemptNumber}`}</span>
          <span className="grow" />
          <Link href={`/inbox/${encodeURIComponent(gate.id)}`} className="inline-flex min-h-6 items-center text-accent">
            {isOpen ? 'Review' : 'Open card'}
          </Link>
        </div>
        <pre className="py-1 whitespace-pre-wrap wrap-anywhere">
          <SeenText text={gateSubject(gate)} />
        </pre>
        <Facts facts={factsOf(gate)} />
      </div>
    </li>
  );
}

const factsOf = (gate: ClientGate) => [
  { name: 'Asked', value: <When atMs={gate.createdAtMs} /> },
  gate.state === 'pending'
    ? { name: 'Decided', value: 'Not yet' }
    : {
        name: 'Decided',
        value: (
          <>
            {closedSentence(gate, 'unseen')} <When atMs={gate.resolvedAtMs} />
          </>
        ),
      },
  ...(gate.reason === '' ? [] : [{ name: 'Reason', value: <SeenText text={gate.reason} /> }]),
  ...reasonsOf(gate),
  ...(gate.expiresAtMs === null ? [] : [{ name: 'Expires', value: formatExact(gate.expiresAtMs) }]),
  { name: 'Digest', value: <ShortHash hash={gate.subjectDigest} /> },
];

/** The rules that were met, apart from what the agent says it asks for. */
function reasonsOf({ request, reasons }: ClientGate) {
  const claim = request?.reason ?? '';
  const rules = reasons.filter((reason) => reason !== claim);
  return [
    ...(rules.length === 0 ? [] : [{ name: 'Rules', value: <SeenText text={rules.join('. ')} /> }]),
    ...(claim === '' ? [] : [{ name: 'Agent says', value: <SeenText text={claim} /> }]),
  ];
}
