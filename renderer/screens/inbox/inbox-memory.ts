import type { ClientGate } from '../../../contract/client/client-gate.ts';

/** What this window knows of gates beyond the record, as long as the inbox is open. */
export interface InboxMemory {
  /** Its end was seen. */
  readonly noteRead: (gate: ClientGate) => void;
  /** Whether it was read to its end, as it is now. */
  readonly wasRead: (gate: ClientGate) => boolean;
  readonly noteSending: (gates: readonly ClientGate[]) => void;
  /** This window decided it, together with others. */
  readonly isOwn: (gateId: string) => boolean;
}

export function createInboxMemory(): InboxMemory {
  const read = new Set<string>();
  const sent = new Set<string>();
  return {
    noteRead: (gate) => void read.add(readingOf(gate)),
    wasRead: (gate) => read.has(readingOf(gate)),
    noteSending: (gates) => {
      for (const { id } of gates) sent.add(id);
    },
    isOwn: (gateId) => sent.has(gateId),
  };
}

/** Another subject was not read. */
const readingOf = ({ id, subjectDigest }: ClientGate): string => `${id} ${subjectDigest}`;
