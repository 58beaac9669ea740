import type { ArtifactRecord } from '../../../contract/records.ts';
import type { ServiceContext } from './context.ts';

export interface AuditProblem {
  readonly kind: 'event' | 'artifact' | 'row';
  /** The number of the entry, the id of the artifact, or table and key of the row. */
  readonly subject: string;
  readonly sentence: string;
}

export interface AuditReport {
  /** Without any problem. */
  readonly ok: boolean;
  /** Entries that fit the chain. */
  readonly events: number;
  /** Artifacts that were looked at. */
  readonly artifacts: number;
  readonly problems: readonly AuditProblem[];
}

const PAGE = 200;
const MAX_ROWS_TOLD = 1000;

/**
 * Checks the chain of events again and the hash of every artifact, and tells of the rows that could not be read: what
 * they said is missing from every answer. Rejects when the signal is aborted: half a check is none.
 */
export async function verifyAudit(
  context: ServiceContext,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<AuditReport> {
  const chain = await context.store.events.verifyChain(signal === undefined ? {} : { signal });
  const problems: AuditProblem[] = unreadableRows(context);
  if (!chain.ok) problems.push({ kind: 'event', subject: String(chain.firstBadSeq), sentence: chain.sentence });
  let artifacts = 0;
  for (const artifact of everyArtifact(context)) {
    signal?.throwIfAborted();
    const problem = await verifyArtifact(context, artifact, signal);
    if (problem !== null) problems.push(problem);
    artifacts += 1;
  }
  return { ok: problems.length === 0, events: chain.checked, artifacts, problems };
}

const unreadableRows = ({ store }: ServiceContext): AuditProblem[] =>
  store
    .listQuarantined(MAX_ROWS_TOLD)
    .map(({ table, key, reason }) => ({ kind: 'row', subject: `${table} ${key}`, sentence: `set aside: ${reason}` }));

function* everyArtifact(context: ServiceContext): Generator<ArtifactRecord> {
  let after: ArtifactRecord['id'] | undefined;
  for (;;) {
    const page = context.store.artifacts.listAll({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    yield* page;
    after = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

async function verifyArtifact(
  context: ServiceContext,
  artifact: ArtifactRecord,
  signal: AbortSignal | undefined,
): Promise<AuditProblem | null> {
  const verified = await context.evidence.verify(artifact, signal);
  return verified.ok ? null : { kind: 'artifact', subject: artifact.id, sentence: verified.error.sentence };
}
