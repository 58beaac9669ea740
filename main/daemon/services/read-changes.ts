import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { AttemptId, StepId } from '../../../contract/ids.ts';
import type { ArtifactRecord, AttemptRecord, CommitHash } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { type ChangedFile, decodeChangedFiles } from '../../../contract/wire/changes.ts';
import type { ServiceContext } from './context.ts';
import { findAttempt, findNamedAttempt } from './find-attempt.ts';
import type { ByteSource } from './ports/byte-source.ts';
import { openArtifact } from './read-artifacts.ts';

/** What is compared: one attempt with what it started from, or one with another. */
export type ChangeSubject =
  | { readonly stepId: StepId; readonly attemptId?: AttemptId | undefined }
  | { readonly stepId: StepId; readonly fromId: AttemptId; readonly toId: AttemptId };

export interface Changes {
  readonly attemptId: AttemptId;
  readonly fromAttemptId: AttemptId | null;
  readonly fromCommit: CommitHash | null;
  readonly toCommit: CommitHash | null;
  readonly files: readonly ChangedFile[];
}

type WithSignal = { readonly signal: AbortSignal };

/** The files of a comparison, in the order of their paths. Null: nothing was tried yet, or it left nothing to compare. */
export async function listChanges(
  context: ServiceContext,
  { signal, ...subject }: ChangeSubject & WithSignal,
): Promise<Result<Changes | null, Refusal>> {
  const compared = findCompared(context, subject);
  if (!compared.ok) return compared;
  const { from, to } = compared.value;
  if (to === null) return ok(null);
  return from === null ? changesOf(context, to) : changesBetween(context, { from, to, signal });
}

/** The patch of one file of a comparison. */
export async function openFileDiff(
  context: ServiceContext,
  { file, signal, ...subject }: ChangeSubject & WithSignal & { readonly file: string },
): Promise<Result<ByteSource, Refusal>> {
  const changes = await listChanges(context, { ...subject, signal });
  if (!changes.ok) return changes;
  const range = sectionOf(changes.value?.files ?? [], file);
  if (range === null) return err(refusal('not_found', `file: ${JSON.stringify(file)} is not among the changed files`));
  const patch = await openDiff(context, { ...subject, signal });
  if (!patch.ok) return patch;
  if (patch.value === null) return err(refusal('not_found', 'there is no patch that the file could be in'));
  return ok(context.comparisons.cutPatch(patch.value, range));
}

/** The whole patch of a comparison. Null: there is none. */
export async function openDiff(
  context: ServiceContext,
  { signal, ...subject }: ChangeSubject & WithSignal,
): Promise<Result<ByteSource | null, Refusal>> {
  const compared = findCompared(context, subject);
  if (!compared.ok) return compared;
  const { from, to } = compared.value;
  if (to === null) return ok(null);
  if (from === null) {
    const opened = await openEvidence(context, to, 'diff.patch');
    return opened.ok ? ok(opened.value?.bytes ?? null) : opened;
  }
  const pair = commitsOf({ from, to });
  if (!pair.ok) return pair;
  const patch = await context.comparisons.openPatch({ ...pair.value, signal });
  return patch.ok ? patch : err(refusal('artifact_damaged', patch.error.sentence));
}

interface Compared {
  readonly from: AttemptRecord | null;
  /** Null: the step has no attempt. */
  readonly to: AttemptRecord | null;
}

function findCompared(context: ServiceContext, subject: ChangeSubject): Result<Compared, Refusal> {
  const { stepId } = subject;
  if (!('fromId' in subject)) {
    const to = findAttempt(context, subject);
    return to.ok ? ok({ from: null, to: to.value }) : to;
  }
  const from = findNamedAttempt(context, { stepId, attemptId: subject.fromId });
  if (!from.ok) return from;
  const to = findNamedAttempt(context, { stepId, attemptId: subject.toId });
  return to.ok ? ok({ from: from.value, to: to.value }) : to;
}

/** What the evidence of an attempt says: it is there also when the work itself was let go of. */
async function changesOf(context: ServiceContext, attempt: AttemptRecord): Promise<Result<Changes | null, Refusal>> {
  const opened = await openEvidence(context, attempt, 'changed-files.json');
  if (!opened.ok) return opened;
  if (opened.value === null) return ok(null);
  const files = decodeChangedFiles(await parseBytes(opened.value.bytes));
  if (!files.ok) return err(refusal('artifact_damaged', `${opened.value.artifact.path}: ${files.error}`));
  const { id: attemptId, baseCommit, salvage } = attempt;
  const commits = { fromCommit: baseCommit, toCommit: salvage?.treeCommit ?? null };
  return ok({ attemptId, fromAttemptId: null, ...commits, files: files.value });
}

async function openEvidence(
  context: ServiceContext,
  attempt: AttemptRecord,
  name: string,
): Promise<Result<{ readonly artifact: ArtifactRecord; readonly bytes: ByteSource } | null, Refusal>> {
  const artifact = context.store.artifacts.listOfAttempt(attempt.id).find((one) => one.name === name);
  return artifact === undefined ? ok(null) : openArtifact(context, { artifactId: artifact.id });
}

async function parseBytes(bytes: ByteSource): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of bytes) text += decoder.decode(chunk, { stream: true });
  return JSON.parse(text + decoder.decode());
}

async function changesBetween(
  context: ServiceContext,
  { from, to, signal }: { readonly from: AttemptRecord; readonly to: AttemptRecord } & WithSignal,
): Promise<Result<Changes, Refusal>> {
  const pair = commitsOf({ from, to });
  if (!pair.ok) return pair;
  const files = await context.comparisons.list({ ...pair.value, signal });
  if (!files.ok) return err(refusal('artifact_damaged', files.error.sentence));
  const commits = { fromCommit: pair.value.from, toCommit: pair.value.to };
  return ok({ attemptId: to.id, fromAttemptId: from.id, ...commits, files: files.value });
}

function commitsOf({ from, to }: { readonly from: AttemptRecord; readonly to: AttemptRecord }) {
  const first = resultOf(from);
  const second = resultOf(to);
  if (!first.ok) return first;
  return second.ok ? ok({ from: first.value, to: second.value }) : second;
}

/** The commit that holds what an attempt made of the tree. */
function resultOf({ id, baseCommit, salvage, filesChanged }: AttemptRecord): Result<CommitHash, Refusal> {
  if (salvage === null) return err(refusal('not_found', `attempt ${id} has not ended: nothing of it is kept yet`));
  if (salvage.treeCommit !== null) return ok(salvage.treeCommit);
  if (filesChanged.length > 0) return err(refusal('not_found', `the work of attempt ${id} is not kept any more`));
  return baseCommit === null ? err(refusal('not_found', `attempt ${id} never had a worktree`)) : ok(baseCommit);
}

/** Git writes a change of type as two files, of which one goes and one comes. */
const sectionsOf = ({ status }: ChangedFile): number => (status === 'type-changed' ? 2 : 1);

/** Where a file's part of the patch is: both have the same order. */
function sectionOf(files: readonly ChangedFile[], path: string) {
  const index = files.findIndex((file) => file.path === path);
  const file = files[index];
  if (file === undefined) return null;
  const first = files.slice(0, index).reduce((sum, before) => sum + sectionsOf(before), 0);
  return { first, count: sectionsOf(file) };
}
