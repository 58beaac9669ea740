import type { ArtifactRecord } from '../../../contract/records.ts';
import type { ServiceContext } from './context.ts';

export interface AuditProblem {
  readonly kind: 'event' | 'artifact';
  readonly subject: string;
  readonly sentence: string;
}

export interface AuditReport {
  readonly ok: boolean;
  readonly events: number;
  readonly artifacts: number;
  readonly problems: readonly AuditProblem[];
}

const PAGE = 200;

/** Checks the chain of events again, and the hash of every artifact. */
export async function verifyAudit(
  context: ServiceContext,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<AuditReport> {
  const chain = await context.store.events.verifyChain(signal === undefined ? {} : { signal });
  const problems: AuditProblem[] = [];
  if (!chain.ok) problems.push({ kind: 'event', subject: String(chain.firstBadSeq), sentence: chain.sentence });
  let artifacts = 0;
  for (const artifact of everyArtifact(context)) {
    if (signal?.aborted === true) break;
    const problem = await verifyArtifact(context, artifact);
    if (problem !== null) problems.push(problem);
    artifacts += 1;
  }
  return { ok: problems.length === 0, events: chain.checked, artifacts, problems };
}

function* everyArtifact(context: ServiceContext): Generator<ArtifactRecord> {
  let after: ArtifactRecord['id'] | undefined;
  for (;;) {
    const page = context.store.artifacts.listAll({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    yield* page;
    after = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

async function verifyArtifact(context: ServiceContext, artifact: ArtifactRecord): Promise<AuditProblem | null> {
  const verified = await context.evidence.verify(artifact);
  return verified.ok ? null : { kind: 'artifact', subject: artifact.id, sentence: verified.error.sentence };
}
