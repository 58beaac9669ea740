import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { useConnection } from '../../api/instance-context.ts';
import { announce } from '../../app/announcements.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { plural } from '../../words/format-number.ts';
import { gateSubject, gateWords } from '../../words/gate-words.ts';
import { decideTogether } from './decide-together.ts';
import { sendDecision } from './send-decision.ts';
import { needsReason } from './why-not-together.ts';

interface BatchDialogProps {
  readonly action: 'approve' | 'reject';
  readonly gates: readonly ClientGate[];
  readonly onClose: () => void;
  /** From now on what is closed of them may be closed by this. */
  readonly onSending: (gates: readonly ClientGate[]) => void;
  readonly onDone: () => void;
}

/** Lists what would be decided. What could not be stays listed, with its cause. */
export function BatchDialog({ action, gates, onClose, onSending, onDone }: BatchDialogProps) {
  const connection = useConnection();
  const id = useId();
  const [batch] = useState(() => crypto.randomUUID());
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
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
  const go = (): void => {
    if (decide.isPending) return;
    const isReasonMissing = action === 'reject' && needsReason(gates) && reason.trim() === '';
    setMissing(isReasonMissing);
    if (isReasonMissing) document.getElementById(id)?.focus();
    if (isReasonMissing) return;
    onSending(gates);
    decide.mutate();
  };
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
      onGo={go}
    >
      <ul className="border-t border-line">
        {gates.map((gate) => (
          <li key={gate.id} className="border-b border-line py-1">
            <span className="text-ink">
              {gateWords(gate).title}, {gate.stepId}
            </span>{' '}
            <code className="wrap-anywhere">
              <SeenText text={gateSubject(gate)} />
            </code>
            {failed.has(gate.id) ? <p className="text-fail">Not decided: {failed.get(gate.id)}</p> : null}
          </li>
        ))}
      </ul>
      <ul className="py-2">
        {[...consequences(action, gates)].map(([title, sentence]) => (
          <li key={title}>
            {title}: {sentence}
          </li>
        ))}
      </ul>
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
            aria-invalid={isMissing}
            className="w-full rounded-md border border-edge bg-panel px-2 py-1 text-ink"
            onChange={(event) => setReason(event.target.value)}
          />
          {isMissing ? <p className="text-fail">Say why: steps end by it.</p> : null}
        </>
      )}
    </ConfirmDialog>
  );
}

/** What comes of it, once for each thing that is asked. */
const consequences = (action: 'approve' | 'reject', gates: readonly ClientGate[]): ReadonlyMap<string, string> =>
  new Map(
    gates.map((gate) => {
      const { title, whenApproved, whenRejected } = gateWords(gate);
      return [title, action === 'approve' ? whenApproved : whenRejected];
    }),
  );
