import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { getGate } from '../../../contract/client/gate-routes.ts';
import { useGateStep } from '../../api/gate-subject.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { joinClasses } from '../../parts/join-classes.ts';
import { Rail } from '../../parts/rail.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { When } from '../../parts/when.tsx';
import { gateSubject, gateWords } from '../../words/gate-words.ts';
import { stateWords } from '../../words/states.ts';
import type { InboxRow } from './inbox-rows.ts';

interface GateRowProps {
  readonly row: InboxRow;
  readonly href: string;
  readonly isOpen: boolean;
  /** The one row that the tab key leads to. */
  readonly isTabStop: boolean;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
  readonly onOpen: () => void;
}

/** Seen without colours, too. */
const OPEN = 'bg-selected forced-colors:outline-2 forced-colors:-outline-offset-2';

/** What is asked, for which step, since when. */
export function GateRow({ row, href, isOpen, isTabStop, isChosen, onChoose, onOpen }: GateRowProps) {
  const gate = useNewest(row);
  const step = useGateStep(gate);
  // Until the record has said how, it is only known that nobody waits for it any more.
  const isUnknown = !row.isPending && gate.state === 'pending';
  const { rail, tone } = stateWords('gate', isUnknown ? 'closed' : gate.state);
  const { title } = gateWords(gate);
  return (
    <li className={joinClasses('flex border-b border-line', isOpen ? OPEN : 'hover:bg-hover')}>
      <Rail rail={rail} tone={tone} />
      {row.isPending ? (
        <label className="flex min-h-6 min-w-8 items-center justify-center self-stretch">
          <input
            type="checkbox"
            tabIndex={isTabStop ? 0 : -1}
            checked={isChosen}
            aria-label={`Choose ${title}, ${step?.title ?? gate.stepId}`}
            onChange={(event) => onChoose(event.target.checked)}
          />
        </label>
      ) : (
        <span className="min-w-8" />
      )}
      <Link
        href={href}
        data-gate-row={gate.id}
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isOpen ? 'true' : undefined}
        className="min-w-0 grow py-1 pr-2 focus-visible:-outline-offset-2"
        onClick={onOpen}
      >
        <span className="flex h-5 items-center gap-2">
          <span className="max-w-[65%] shrink-0 truncate font-semibold">{title}</span>
          <span className="min-w-0 grow truncate text-ink-2">{step?.title || gate.stepId}</span>
          {row.isPending ? (
            <span className="text-meta text-you">
              <When atMs={gate.createdAtMs} />
            </span>
          ) : (
            <StateMark noun="gate" state={isUnknown ? 'closed' : gate.state} text={isUnknown ? 'Closed' : undefined} />
          )}
        </span>
        <span className="block truncate font-mono text-log text-ink-2">
          <SeenText text={gateSubject(gate).slice(0, 300)} />
        </span>
      </Link>
    </li>
  );
}

const AGAIN_MS = 5000;

/** Of a gate that is not in the list of those that wait any more, how it was closed. */
function useNewest({ gate, isPending }: InboxRow) {
  const connection = useConnection();
  const { data } = useQuery({
    queryKey: keys.gate(gate.id),
    queryFn: () => unwrapView(getGate(connection, gate.id)),
    enabled: !isPending && gate.state === 'pending',
    refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
  });
  return isPending ? gate : (data ?? gate);
}
