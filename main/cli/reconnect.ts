import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientFailure } from '../../contract/client/client-failure.ts';
import type { Connection } from '../../contract/client/http-types.ts';
import { err, type Result } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import { type CliFailure, failureOf } from './cli-failure.ts';
import { findRepository } from './instance-file.ts';
import { resolveTarget } from './target.ts';

const PATIENCE_MS = 10_000;
const PAUSE_MS = 200;

export type Call<T> = (connection: Connection) => Promise<Result<T, ClientFailure>>;
export type PatientCall = <T>(call: Call<T>) => Promise<Result<T, CliFailure>>;

interface Patience {
  readonly signal: AbortSignal;
  /** Before the first of these calls. */
  readonly hasAnswered: boolean;
  /** Told once for each time that it is away; without it a sentence says so on stderr. */
  readonly onAway?: (sentence: string) => void;
}

/**
 * Calls that outlive a restart of the daemon: once it was there, it may be away for ten seconds. The target is looked
 * up anew each time, because the daemon may come back on another port, and only in the repository of the first look.
 * One that was never there is not waited for.
 */
export function patientCalls(context: CliContext, { signal, hasAnswered, onAway }: Patience): PatientCall {
  const tellAway = onAway ?? ((sentence: string) => context.terminal.err(`${sentence}\n`));
  const home = findRepository(context.cwd);
  let wasThere = hasAnswered;
  return async (call) => {
    let goneSinceMs: number | null = null;
    for (;;) {
      const outcome = await callOnce(context, home, call);
      wasThere ||= outcome.kind === 'answer' || outcome.wasConnected;
      if (outcome.kind === 'answer') return outcome.result;
      const nowMs = performance.now();
      const isOver = goneSinceMs !== null && nowMs - goneSinceMs > PATIENCE_MS;
      if (!wasThere || isOver || signal.aborted) return err(outcome.failure);
      if (goneSinceMs === null) tellAway('The daemon does not answer; trying again for 10 s...');
      goneSinceMs ??= nowMs;
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined); // an abort is seen at the next turn
    }
  };
}

type Outcome<T> =
  | { readonly kind: 'answer'; readonly result: Result<T, CliFailure> }
  | { readonly kind: 'away'; readonly failure: CliFailure; readonly wasConnected: boolean };

async function callOnce<T>(context: CliContext, home: string | null, call: Call<T>): Promise<Outcome<T>> {
  const target = resolveTarget(context, home);
  if (!target.ok) return { kind: 'away', failure: target.error, wasConnected: false };
  const result = await call(target.value);
  if (result.ok) return { kind: 'answer', result };
  const failure = failureOf(result.error, context.programName);
  if (!isAway(result.error)) return { kind: 'answer', result: err(failure) };
  return {
    kind: 'away',
    failure,
    wasConnected: result.error.kind !== 'unreachable' || result.error.cause !== 'ECONNREFUSED',
  };
}

const isAway = (failure: ClientFailure): boolean =>
  (failure.kind === 'unreachable' && failure.cause !== 'TIMEOUT') ||
  (failure.kind === 'refused' && (failure.code === 'shutting_down' || failure.code === 'starting'));
