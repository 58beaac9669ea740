import { err, ok, type Result } from '../../../../contract/result.ts';
import { hasCode } from '../files/file-problem.ts';

export interface PortWish {
  /** The first port to try; 0 lets the system choose. */
  readonly port: number;
  /** Asked for by name on the command line: no other port will do. */
  readonly isFixed: boolean;
  /** Starts to listen and answers with the port; rejects with the system's error when it cannot. */
  readonly listen: (port: number) => Promise<number>;
  /** Who has a busy port, for the sentence. */
  readonly whoHas: (port: number) => Promise<string>;
}

export interface PortProblem {
  readonly kind: 'busy' | 'denied' | 'no-address';
  readonly port: number;
  readonly sentence: string;
}

const PORTS_TRIED = 51;
const LAST_PORT = 65_535;

/** Listens on the wished port, or on the next free one when another program has it and the wish allows that. */
export async function listenOnPort({ port, isFixed, listen, whoHas }: PortWish): Promise<Result<number, PortProblem>> {
  const last = isFixed || port === 0 ? port : Math.min(port + PORTS_TRIED - 1, LAST_PORT);
  for (let tried = port; tried <= last; tried += 1) {
    try {
      return ok(await listen(tried));
    } catch (error) {
      const end = whyNoOther(tried, error);
      if (end !== null) return err(end);
      if (!hasCode(error, 'EADDRINUSE')) throw error;
    }
  }
  const range = last === port ? `port ${port} is` : `ports ${port} to ${last} are`;
  const advice = isFixed ? 'choose another --port, or none' : 'free one of them or choose a --port';
  const sentence = `${range} taken, ${last === port ? '' : 'the first '}by ${await whoHas(port)}; ${advice}`;
  return err({ kind: 'busy', port, sentence });
}

/** What another port would not change; null when it may. */
function whyNoOther(port: number, error: unknown): PortProblem | null {
  if (hasCode(error, 'EACCES')) return denied(port);
  if (!hasCode(error, 'EADDRNOTAVAIL') || !(error instanceof Error)) return null;
  return {
    kind: 'no-address',
    port,
    sentence: `${error.message}; this machine has no such address: choose another host`,
  };
}

const denied = (port: number): PortProblem => ({
  kind: 'denied',
  port,
  sentence: `port ${port} may not be used by this user; choose a --port from 1024 up`,
});
