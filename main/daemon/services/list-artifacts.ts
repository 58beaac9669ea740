import type { Refusal } from '../../../contract/errors.ts';
import { ArtifactId, type AttemptId, type StepId } from '../../../contract/ids.ts';
import type { ArtifactRecord, ArtifactType } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import { formatCursor, holdsText, isInTime, type ListRequest, parseCursor, type TimeCursor } from './list-filters.ts';
import { listStepArtifacts } from './read-steps.ts';
import type { ListPage } from './scan-list.ts';

export interface ArtifactListRequest extends ListRequest {
  readonly stepId: StepId;
  readonly attemptId?: AttemptId | undefined;
  readonly type?: ArtifactType | undefined;
}

/** The artifacts of a step, newest first. Empty for a step that does not exist, as the whole list is. */
export function listArtifacts(
  context: ServiceContext,
  request: ArtifactListRequest,
): Result<ListPage<ArtifactRecord, string>, Refusal> {
  const after = parseCursor(request.after, (text) => ArtifactId.safeParse(text).data);
  if (!after.ok) return after;
  const wanted = listStepArtifacts(context, request).filter(
    (artifact) => isBehind(artifact, after.value) && isWanted(artifact, request),
  );
  const rows = wanted.slice(0, request.limit);
  const last = rows.at(-1);
  return ok({ rows, next: last === undefined || wanted.length === rows.length ? null : formatCursor(last) });
}

const isBehind = ({ createdAtMs, id }: ArtifactRecord, cursor: TimeCursor<ArtifactId> | undefined): boolean =>
  cursor === undefined || createdAtMs < cursor.createdAtMs || (createdAtMs === cursor.createdAtMs && id < cursor.id);

function isWanted(artifact: ArtifactRecord, request: ArtifactListRequest): boolean {
  if (request.attemptId !== undefined && artifact.attemptId !== request.attemptId) return false;
  if (request.type !== undefined && artifact.type !== request.type) return false;
  return isInTime(request, artifact.createdAtMs) && holdsText(request, [artifact.id, artifact.name]);
}
