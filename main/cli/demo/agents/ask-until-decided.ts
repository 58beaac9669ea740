import { setTimeout as sleep } from 'node:timers/promises';
import { viewOf } from '../../../../contract/client/document.ts';
import { getGate } from '../../../../contract/client/gate-routes.ts';
import type { Connection } from '../../../../contract/client/http-types.ts';

interface Question<T> {
  readonly connection: Connection;
  readonly gateId: string;
  readonly signal: AbortSignal;
  /** Its signal aborts when somebody else has decided: in the dashboard, or from another terminal. */
  readonly ask: (signal: AbortSignal) => Promise<T>;
}

/** Asks here for as long as the gate waits. */
export async function askUntilDecided<T>({ connection, gateId, signal, ask }: Question<T>): Promise<T> {
  const answered = new AbortController();
  const decided = new AbortController();
  const watched = watch({ connection, gateId, signal: AbortSignal.any([signal, answered.signal]), decided });
  try {
    return await ask(decided.signal);
  } finally {
    answered.abort();
    await watched;
  }
}

interface Watch {
  readonly connection: Connection;
  readonly gateId: string;
  readonly signal: AbortSignal;
  readonly decided: AbortController;
}

const LOOK_EACH_MS = 500;

async function watch({ connection, gateId, signal, decided }: Watch): Promise<void> {
  while (!(signal.aborted || decided.signal.aborted)) {
    await sleep(LOOK_EACH_MS, undefined, { signal }).catch(() => undefined); // answered: seen by the loop
    if (signal.aborted) return;
    const gate = await viewOf(getGate(connection, gateId));
    if (gate.ok && gate.value.state !== 'pending') decided.abort();
  }
}
