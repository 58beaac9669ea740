import { Link } from 'wouter';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { Answer } from '../../parts/region.tsx';
import { GateCard } from './gate-card.tsx';
import { useOpenGate } from './use-gate-rows.ts';

interface OpenGateProps {
  readonly gateId: string;
  readonly known: ClientGate | undefined;
  readonly takesFocus: boolean;
  readonly isOwn: boolean;
  /** Where the list is, when it is not beside; null: it is. */
  readonly backHref: string | null;
  readonly onRead: (gate: ClientGate) => void;
  readonly onDecided: (gate: ClientGate) => void;
}

/** The gate that the address names. */
export function OpenGate({ gateId, known, takesFocus, isOwn, backHref, onRead, onDecided }: OpenGateProps) {
  const asked = useOpenGate(gateId, known);
  return (
    <div className="flex min-h-0 flex-col medium:border-l medium:border-line medium:pl-4">
      {backHref === null ? null : (
        <Link href={backHref} className="self-start py-1 text-accent underline">
          All gates
        </Link>
      )}
      <div className="min-h-0 grow">
        <Answer asked={asked} what="this gate">
          {(gate) => (
            <GateCard gate={gate} takesFocus={takesFocus} isOwn={isOwn} onRead={onRead} onDecided={onDecided} />
          )}
        </Answer>
      </div>
    </div>
  );
}
