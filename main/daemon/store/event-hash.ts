import { hash } from 'node:crypto';

/** What stands before the first entry. */
export const GENESIS_HASH = '0'.repeat(64);

const CANONICAL_FORM = 1;

/** One entry as it is stored. `payload` is JSON text, word for word. */
export interface StoredEvent {
  readonly seq: number;
  readonly at_ms: number;
  readonly type: string;
  readonly actor: string;
  readonly run_id: string | null;
  readonly step_id: string | null;
  readonly attempt_id: string | null;
  readonly gate_id: string | null;
  readonly payload: string;
  readonly previous_hash: string;
}

/** The text that is hashed (SPEC.md, EVT-3): a JSON array without spaces, so that no two entries share one. */
const canonicalText = (event: StoredEvent): string =>
  JSON.stringify([
    CANONICAL_FORM,
    event.previous_hash,
    event.seq,
    event.at_ms,
    event.type,
    event.actor,
    event.run_id,
    event.step_id,
    event.attempt_id,
    event.gate_id,
    event.payload,
  ]);

/** SHA-256 of the canonical text in UTF-8, lower-case hexadecimal. */
export const hashOfEvent = (event: StoredEvent): string => hash('sha256', canonicalText(event), 'hex');
