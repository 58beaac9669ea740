import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
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

/** What waits, and what was closed since the screen was opened. */
export function useWaitingRows(runId: string): InboxRows {
  const asked = usePendingGates();
  const [rows, setRows] = useState<readonly InboxRow[]>([]);
  const { data } = asked;
  useEffect(() => {
    if (data !== undefined)
      setRows((known) =>
        mergeRows(
          known,
          data.filter((gate) => runId === '' || gate.runId === runId),
        ),
      );
  }, [data, runId]);
  return { asked, rows, clearClosed: () => setRows(withoutClosed) };
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
