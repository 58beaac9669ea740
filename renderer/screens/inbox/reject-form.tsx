import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { Button } from '../../parts/button.tsx';
import { askerOf, gateWords } from '../../words/gate-words.ts';

interface RejectFormProps {
  readonly gate: ClientGate;
  readonly isReady: boolean;
  readonly isSending: boolean;
  readonly onReject: (reason: string) => void;
  readonly onBack: () => void;
}

/** Why not. Esc leads back and decides nothing. */
export function RejectForm({ gate, isReady, isSending, onReject, onBack }: RejectFormProps) {
  const id = useId();
  const text = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { reject, needsReason, whenRejected } = gateWords(gate);
  useEffect(() => text.current?.focus(), []);
  const send = (): void => {
    if (!isReady) return;
    if (needsReason && reason.trim() === '') {
      setMissing(true);
      text.current?.focus();
      return;
    }
    onReject(reason.trim());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onBack();
  };
  return (
    <fieldset className="flex flex-col gap-1.5" onKeyDown={onKeyDown}>
      <label htmlFor={id} className="font-semibold">
        {needsReason ? 'Why not? It stays in the record.' : `Why not? ${askerOf(gate) || 'The agent'} reads it.`}
        <span className="font-normal text-ink-3">{needsReason ? ' Needed' : ' May be empty'}</span>
      </label>
      <textarea
        id={id}
        ref={text}
        rows={2}
        value={reason}
        aria-required={needsReason}
        aria-invalid={isMissing}
        aria-describedby={`${id}-then`}
        className="resize-y rounded-md border border-edge bg-panel px-2 py-1"
        onChange={(event) => {
          setReason(event.target.value);
          setMissing(false);
        }}
      />
      <div className="flex flex-wrap items-center gap-2">
        <span id={`${id}-then`} className={isMissing ? 'grow text-fail' : 'grow text-ink-2'}>
          {isMissing ? 'Say why: the step ends by it.' : whenRejected}
        </span>
        <Button onClick={onBack}>Back</Button>
        <Button look="risky" aria-disabled={!isReady} onClick={send}>
          {isSending ? 'Sending…' : reject}
        </Button>
      </div>
    </fieldset>
  );
}
