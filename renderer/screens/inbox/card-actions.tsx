import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { useGateStep } from '../../api/gate-subject.ts';
import { Button } from '../../parts/button.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { plural } from '../../words/format-number.ts';
import { gateWords } from '../../words/gate-words.ts';
import type { Answer, DecisionState } from './decision-state.ts';
import { RejectForm } from './reject-form.tsx';

interface CardActionsProps {
  readonly state: DecisionState;
  readonly isConnected: boolean;
  /** Lines that were not seen yet; null: not all is there. */
  readonly restLines: number | null;
  readonly onReadOn: () => void;
  readonly onAnswer: (answer: Answer) => void;
  readonly onRearranged: () => void;
}

/** Both answers, none of them preset. */
export function CardActions(props: CardActionsProps) {
  const { state, isConnected, onAnswer, onRearranged } = props;
  const [isRejecting, setRejecting] = useState(false);
  const { gate, phase } = state;
  const answers = useRef<HTMLDivElement>(null);
  const isBack = useRef(false);
  const show = (rejecting: boolean): void => {
    onRearranged();
    isBack.current = !rejecting;
    setRejecting(rejecting);
  };
  useEffect(() => {
    if (isRejecting || !isBack.current) return;
    isBack.current = false;
    answers.current?.querySelector<HTMLElement>('[data-card="reject"]')?.focus();
  }, [isRejecting]);
  if (phase.kind === 'closed' || phase.kind === 'decided') {
    return (
      <div className="flex items-center gap-3">
        <OpenStep gate={gate} />
        <WhatCameOfIt gate={gate} />
      </div>
    );
  }
  const isReady = phase.kind === 'armed' && isConnected;
  const isSending = phase.kind === 'sending' || phase.kind === 'unclear';
  if (isRejecting) {
    return (
      <RejectForm
        gate={gate}
        isReady={isReady}
        isSending={isSending}
        onReject={(reason) => onAnswer({ action: 'reject', scope: null, reason })}
        onBack={() => show(false)}
      />
    );
  }
  return (
    <div ref={answers} className="flex flex-wrap items-center gap-2">
      <Button data-card="reject" aria-disabled={!isReady} onClick={() => (isSending ? undefined : show(true))}>
        {gateWords(gate).reject}…
      </Button>
      <OpenStep gate={gate} />
      <span className="grow" />
      <Approval {...props} isReady={isReady} isSending={isSending} />
    </div>
  );
}

const OpenStep = ({ gate: { stepId } }: { readonly gate: ClientGate }) =>
  stepId === '' ? null : (
    <Link
      href={`/steps/${stepId}`}
      data-card="step"
      className="inline-flex min-h-7 items-center rounded-md border border-edge bg-panel px-2.5 hover:bg-hover"
    >
      Open step
    </Link>
  );

/** Where the step is now. */
function WhatCameOfIt({ gate }: { readonly gate: ClientGate }) {
  const step = useGateStep(gate);
  return step === undefined ? null : (
    <span className="inline-flex items-center gap-2 text-ink-2">
      The step now: <StateMark noun="step" state={step.state} />
    </span>
  );
}

interface ApprovalProps extends CardActionsProps {
  readonly isReady: boolean;
  readonly isSending: boolean;
}

/** One button in one place, so that it keeps the focus: first it leads to the end, then it approves. */
function Approval({ state: { gate, isRead }, restLines, onReadOn, onAnswer, isReady, isSending }: ApprovalProps) {
  const isPermission = gate.request !== null;
  const approve = (scope: Answer['scope']): void => {
    if (isReady) onAnswer({ action: 'approve', scope, reason: '' });
  };
  const isThere = restLines !== null && restLines > 0;
  const unread = isThere ? `Read the rest (${plural(restLines, 'line')})` : 'Not all of it is here';
  const answer = isSending ? 'Sending…' : gateWords(gate).approve;
  return (
    <>
      {isRead && isPermission ? (
        <Button aria-disabled={!isReady} onClick={() => approve('attempt')}>
          Approve for this attempt
        </Button>
      ) : null}
      <Button
        look={isRead ? 'ink' : 'plain'}
        data-card="approve"
        aria-disabled={isRead ? !isReady : !isThere}
        onClick={isRead ? () => approve(isPermission ? 'once' : null) : onReadOn}
      >
        {isRead ? answer : unread}
      </Button>
    </>
  );
}
