import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
}

export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
}

/**
 * Where the daemons of one repository sit, one after the other. Whoever asks while the seat is empty waits for the next
 * one; whose connection breaks gets null and does not know what became of the question.
 */
export interface Seat {
  readonly repoRoot: string;
  readonly stateDir: string;
  take(baseUrl: string): void;
  leave(): void;
  baseUrl(): string | null;
  token(): string;
  ask(ask: Ask): Promise<Answer | null>;
  /** Asks until there is an answer: only for what changes nothing. */
  read(path: string): Promise<Answer>;
}

const LONGEST_EMPTY_MS = 120_000;

export function createSeat(repoRoot: string): Seat {
  let baseUrl: string | null = null;
  let token = '';
  const stateDir = join(repoRoot, '.codencer');
  const ask = async ({ method = 'GET', path, body }: Ask): Promise<Answer | null> => {
    const deadline = performance.now() + LONGEST_EMPTY_MS;
    while (baseUrl === null) {
      if (performance.now() > deadline) throw new Error(`no daemon was there to be asked for ${method} ${path}`);
      await sleep(5);
    }
    try {
      return await answerOf(baseUrl + path, { method, token, body });
    } catch {
      return null; // the daemon was killed over it
    }
  };
  return {
    repoRoot,
    stateDir,
    take(url) {
      token = readFileSync(join(stateDir, 'token'), 'utf8').trim();
      baseUrl = url;
    },
    leave() {
      baseUrl = null;
    },
    baseUrl: () => baseUrl,
    token: () => token,
    ask,
    async read(path) {
      for (;;) {
        const answer = await ask({ path });
        if (answer !== null && answer.status !== 503 && answer.status !== 429) return answer;
        await sleep(answer?.status === 429 ? 250 : 5);
      }
    },
  };
}

interface Sent {
  readonly method: string;
  readonly token: string;
  readonly body: unknown;
}

async function answerOf(url: string, { method, token, body }: Sent): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}` };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(url, { method, headers, ...sent });
  const text = await response.text();
  return { status: response.status, text, json: jsonOrUndefined(text) };
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a plain text answer
  }
}
