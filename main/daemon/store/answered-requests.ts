import type { EpochMs } from '../../../contract/time.ts';
import type { StoreParts } from './table-shape.ts';

/** An answer that is given again to whoever sends the same request with the same key. */
export interface AnsweredRequest {
  readonly key: string;
  /** SHA-256 of what was asked, in hexadecimal. */
  readonly digest: string;
  readonly status: number;
  readonly body: string;
  readonly answeredAtMs: EpochMs;
}

export interface AnsweredRequestTable {
  get(key: string): AnsweredRequest | null;
  insert(request: AnsweredRequest): void;
  forgetBefore(atMs: EpochMs): void;
}

type Row = Omit<AnsweredRequest, 'answeredAtMs'> & { readonly answered_at_ms: EpochMs };

export function createAnsweredRequestTable({ db, transaction }: StoreParts): AnsweredRequestTable {
  const one = db.prepare<[string], Row>('SELECT * FROM answered_requests WHERE key = ?');
  const forget = db.prepare<[EpochMs]>('DELETE FROM answered_requests WHERE answered_at_ms < ?');
  const insert = db.prepare<[string, string, number, string, EpochMs]>(
    'INSERT INTO answered_requests (key, digest, status, body, answered_at_ms) VALUES (?, ?, ?, ?, ?)',
  );
  return {
    get(key) {
      const row = one.get(key);
      if (row === undefined) return null;
      const { answered_at_ms: answeredAtMs, ...rest } = row;
      return { ...rest, answeredAtMs };
    },
    insert: ({ key, digest, status, body, answeredAtMs }) =>
      transaction(() => void insert.run(key, digest, status, body, answeredAtMs)),
    forgetBefore: (atMs) => transaction(() => void forget.run(atMs)),
  };
}
