import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useState } from 'react';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { getGate, listGates } from '../../../contract/client/gate-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { usePendingGates } from '../../app/use-summary.ts';
import type { Asked } from '../../parts/region.tsx';
import { type InboxRow, mergeRows, withoutClosed } from './inbox-rows.ts';

export interface InboxRows {
  readonly asked: Asked<readonly ClientGate[]>;
  readonly rows: readonly InboxRow[];
  readonly clearClosed: () => void;
}

interface KeptRows {
  readonly runId: string;
  readonly rows: readonly InboxRow[];
}

/** What waits, and what was closed since it was first seen here. */
export function useWaitingRows(runId: string): InboxRows {
  const asked = usePendingGates();
  const [kept, setKept] = useState<KeptRows>({ runId, rows: [] });
  const { data } = asked;
  // Before it is painted: a list that is not empty is never told to be.
  useLayoutEffect(() => {
    if (data === undefined) return;
    const pending = data.filter((gate) => runId === '' || gate.runId === runId);
    // Another filter is another list: what it leaves out was not closed.
    setKept((known) => ({ runId, rows: mergeRows(known.runId === runId ? known.rows : [], pending) }));
  }, [data, runId]);
  const clearClosed = (): void => setKept(({ rows }) => ({ runId, rows: withoutClosed(rows) }));
  return { asked, rows: kept.runId === runId ? kept.rows : [], clearClosed };
}

/** The newest that are closed; with the others they are one page of the record. */
export function useClosedRows(runId: string, isShown: boolean): InboxRows {
  const connection = useConnection();
  const asked = useQuery({
    queryKey: keys.gates({ runId, of: 'all' }),
    queryFn: () => unwrapView(listGates(connection, { runId: runId || undefined })),
    enabled: isShown,
  });
  const rows = (asked.data ?? [])
    .filter(({ state }) => state !== 'pending')
    .map((gate) => ({ gate, isPending: false }));
  return { asked, rows, clearClosed: () => undefined };
}

/** The gate of the address; what the list knows of it is shown until it is read. */
export function useOpenGate(gateId: string, known: ClientGate | undefined) {
  const connection = useConnection();
  return useQuery({
    queryKey: keys.gate(gateId),
    queryFn: () => unwrapView(getGate(connection, gateId)),
    enabled: gateId !== '',
    ...(known?.state === 'pending' ? { placeholderData: known } : {}),
  });
}
