import { z } from 'zod';

import { PhaseId, RunId } from '../ids.ts';
import type { PhaseRecord } from '../records.ts';
import { wireObject, wireText, wireTime } from './decode.ts';
import { formatTime } from './time.ts';

export const encodePhase = (phase: PhaseRecord) => ({
  id: phase.id,
  run_id: phase.runId,
  name: phase.name,
  seq_order: phase.seqOrder,
  created_at: formatTime(phase.createdAtMs),
  updated_at: formatTime(phase.updatedAtMs),
  Steps: null,
});

export const WirePhase = wireObject({
  id: PhaseId,
  run_id: RunId,
  name: wireText,
  seq_order: z.int().default(0),
  created_at: wireTime,
  updated_at: wireTime,
  Steps: z.null().default(null),
})
  .transform(
    (wire): PhaseRecord => ({
      id: wire.id,
      runId: wire.run_id,
      name: wire.name,
      seqOrder: wire.seq_order,
      createdAtMs: wire.created_at,
      updatedAtMs: wire.updated_at,
    }),
  )
  .meta({ id: 'Phase', description: 'A grouping of the steps of a run.' });
