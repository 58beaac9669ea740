import type { ClientGate } from '../../../contract/client/client-gate.ts';

/** A line of the inbox. What was closed while it was looked at stays in its place until it is cleared away. */
export interface InboxRow {
  readonly gate: ClientGate;
  readonly isPending: boolean;
}

/** The rows after the pending gates were read anew: nothing moves, what is new comes last. */
export function mergeRows(rows: readonly InboxRow[], pending: readonly ClientGate[]): readonly InboxRow[] {
  const byId = new Map(pending.map((gate) => [gate.id, gate]));
  const known = new Set(rows.map(({ gate }) => gate.id));
  const kept = rows.map(({ gate }) => {
    const now = byId.get(gate.id);
    return now === undefined ? { gate, isPending: false } : { gate: now, isPending: true };
  });
  const added = oldestFirst(pending.filter(({ id }) => !known.has(id))).map((gate) => ({ gate, isPending: true }));
  return [...kept, ...added];
}

export const withoutClosed = (rows: readonly InboxRow[]): readonly InboxRow[] =>
  rows.filter(({ isPending }) => isPending);

export const oldestFirst = (gates: readonly ClientGate[]): readonly ClientGate[] =>
  gates.toSorted((a, b) => (a.createdAtMs ?? 0) - (b.createdAtMs ?? 0) || a.id.localeCompare(b.id));

/** The pending gate that comes after one in a direction, from the other end again at last; null: none waits but it. */
export function pendingBeside(rows: readonly InboxRow[], gateId: string, step: 1 | -1): string | null {
  const from = rows.findIndex(({ gate }) => gate.id === gateId);
  for (let n = 1; n <= rows.length; n += 1) {
    const start = from === -1 && step === -1 ? rows.length : from;
    const row = rows[(start + step * n + rows.length * 2) % rows.length];
    if (row?.isPending === true && row.gate.id !== gateId) return row.gate.id;
  }
  return null;
}

export interface RowGroup {
  readonly runId: string;
  readonly rows: readonly InboxRow[];
}

const MANY = 20;

/** Many are told by run, in the order of each run's first. */
export function groupRows(rows: readonly InboxRow[]): readonly RowGroup[] {
  if (rows.length <= MANY) return [{ runId: '', rows }];
  const groups = new Map<string, InboxRow[]>();
  for (const row of rows) {
    const of = groups.get(row.gate.runId) ?? [];
    groups.set(row.gate.runId, of);
    of.push(row);
  }
  return [...groups].map(([runId, of]) => ({ runId, rows: of }));
}
