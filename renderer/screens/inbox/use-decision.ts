import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { viewOf } from '../../../contract/client/document.ts';
import { getGate } from '../../../contract/client/gate-routes.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { useConnection } from '../../api/instance-context.ts';
import { createDecider, type Decider } from './decider.ts';
import type { DecisionState } from './decision-state.ts';
import { sendDecision } from './send-decision.ts';

/** So long what is new has to be seen before it takes an answer. */
const ARMED_AFTER_MS = 600;
const CHECK_EVERY_MS = 2000;

/** The card of one gate, from when it is shown until it is left. */
export function useDecision(gate: ClientGate): { readonly decider: Decider; readonly state: DecisionState } {
  const connection = useConnection();
  const [decider] = useState(() => deciderOf(connection, gate));
  const state = useSyncExternalStore(decider.subscribe, decider.state);
  useEffect(() => decider.tell({ kind: 'read', gate, atMs: Date.now() }), [decider, gate]);
  useArming(decider, state);
  useChecking(decider, state.phase.kind === 'unclear');
  return { decider, state };
}

const deciderOf = (connection: Connection, gate: ClientGate): Decider =>
  createDecider(gate, {
    send: sendDecision(connection),
    read: (gateId) => viewOf(getGate(connection, gateId)),
    nowMs: Date.now,
    newKey: () => crypto.randomUUID(),
  });

function useArming(decider: Decider, { phase, arming }: DecisionState): void {
  const isWaiting = phase.kind === 'shown';
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => decider.tell({ kind: 'looked-at', arming }), ARMED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [decider, isWaiting, arming]);
  // The click that brings a window to the front is not meant for what lies under it.
  useEffect(() => {
    const comeBack = (): void => decider.tell({ kind: 'rearranged' });
    window.addEventListener('focus', comeBack);
    return () => window.removeEventListener('focus', comeBack);
  }, [decider]);
}

function useChecking(decider: Decider, isUnclear: boolean): void {
  useEffect(() => {
    if (!isUnclear) return undefined;
    const timer = setInterval(() => void decider.check(), CHECK_EVERY_MS);
    return () => clearInterval(timer);
  }, [decider, isUnclear]);
}
