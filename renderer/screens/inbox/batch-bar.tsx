import { useState } from 'react';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { useFeedStatus } from '../../live/feed-status.ts';
import { Button } from '../../parts/button.tsx';
import { plural } from '../../words/format-number.ts';
import { BatchDialog } from './batch-dialog.tsx';
import { whyNotTogether } from './why-not-together.ts';

interface BatchBarProps {
  readonly gates: readonly ClientGate[];
  readonly wasRead: (gate: ClientGate) => boolean;
  readonly onSending: (gates: readonly ClientGate[]) => void;
  readonly onDone: () => void;
}

/** What is decided is what was chosen when it was asked for. */
interface Asked {
  readonly action: 'approve' | 'reject';
  readonly gates: readonly ClientGate[];
}

/** What can be done with several gates at once; what cannot says why. */
export function BatchBar({ gates, wasRead, onSending, onDone }: BatchBarProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const isConnected = useFeedStatus(({ status }) => status.kind === 'live');
  const why = isConnected ? whyNotTogether(gates, wasRead) : 'You can read, not decide, until connected.';
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line py-2">
      <span>{plural(gates.length, 'gate')} chosen</span>
      <span className="grow" />
      <Button onClick={onDone}>Choose none</Button>
      <Button
        aria-disabled={!isConnected}
        onClick={() => (isConnected ? setAsked({ action: 'reject', gates }) : undefined)}
      >
        Reject {gates.length}…
      </Button>
      <Button
        aria-disabled={why !== null}
        aria-describedby={why === null ? undefined : 'why-not-together'}
        onClick={() => (why === null ? setAsked({ action: 'approve', gates }) : undefined)}
      >
        Approve {gates.length}…
      </Button>
      {why === null ? null : (
        <p id="why-not-together" className="w-full text-meta text-ink-2">
          Not approved together: {why}
        </p>
      )}
      {asked === null ? null : (
        <BatchDialog {...asked} onClose={() => setAsked(null)} onSending={onSending} onDone={onDone} />
      )}
    </div>
  );
}
