import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { useConnection } from '../../api/instance-context.ts';
import { announce } from '../../app/announcements.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { plural } from '../../words/format-number.ts';
import { gateSubject, gateWords } from '../../words/gate-words.ts';
import { needsReason } from './batch.ts';
import { decideTogether } from './decide-together.ts';
import { sendDecision } from './send-decision.ts';

interface BatchDialogProps {
  readonly action: 'approve' | 'reject';
  readonly gates: readonly ClientGate[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Lists what would be decided. What could not be stays listed, with its cause. */
export function BatchDialog({ action, gates, onClose, onDone }: BatchDialogProps) {
  const connection = useConnection();
  const id = useId();
  const [batch] = useState(() => crypto.randomUUID());
  const [reason, setReason] = useState('');
  const isReasonMissing = action === 'reject' && needsReason(gates) && reason.trim() === '';
  const decide = useMutation({
    mutationFn: () =>
      decideTogether(
        gates,
        { action, reason: reason.trim() },
        {
          send: sendDecision(connection),
          keyOf: (gate) => `${batch}:${gate.id}`,
        },
      ),
    onSuccess: (notDecided) => {
      const count = gates.length - notDecided.length;
      announce(`${plural(count, 'gate')} ${action === 'approve' ? 'approved' : 'rejected'}`);
      if (notDecided.length > 0) return;
      onClose();
      onDone();
    },
  });
  const failed = new Map((decide.data ?? []).map(({ gate, cause }) => [gate.id, cause]));
  const verb = action === 'approve' ? 'Approve' : 'Reject';
  const what = plural(gates.length, 'gate');
  return (
    <ConfirmDialog
      isOpen
      title={`${verb} ${what}?`}
      stay="Decide nothing"
      go={`${verb} ${what}`}
      look={action === 'approve' ? 'ink' : 'risky'}
      isBusy={decide.isPending}
      onClose={onClose}
      onGo={() => (isReasonMissing || decide.isPending ? undefined : decide.mutate())}
    >
      <ul className="border-t border-line">
        {gates.map((gate) => (
          <li key={gate.id} className="border-b border-line py-1">
            <span className="text-ink">{gateWords(gate).title}</span>{' '}
            <code className="wrap-anywhere">
              <SeenText text={gateSubject(gate)} />
            </code>
            {failed.has(gate.id) ? <p className="text-fail">Not decided: {failed.get(gate.id)}</p> : null}
          </li>
        ))}
      </ul>
      <p className="py-2">{consequence(action, gates)}</p>
      {action === 'approve' ? null : (
        <>
          <label htmlFor={id} className="text-ink">
            Why not?
            <span className="text-ink-3">{needsReason(gates) ? ' Needed: steps end by it' : ' May be empty'}</span>
          </label>
          <textarea
            id={id}
            rows={2}
            value={reason}
            aria-required={needsReason(gates)}
            className="w-full rounded-md border border-edge bg-panel px-2 py-1 text-ink"
            onChange={(event) => setReason(event.target.value)}
          />
        </>
      )}
    </ConfirmDialog>
  );
}

/** Each consequence once, in the order of the gates. */
const consequence = (action: 'approve' | 'reject', gates: readonly ClientGate[]): string =>
  [
    ...new Set(
      gates.map((gate) => (action === 'approve' ? gateWords(gate).whenApproved : gateWords(gate).whenRejected)),
    ),
  ].join(' ');
