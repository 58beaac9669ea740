import { join } from 'node:path';
import type { AttemptRecord, StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { SubmittedFile } from '../../../contract/submitted-file.ts';
import { encodeTaskSpec } from '../../../contract/wire/encode-task-spec.ts';
import { attemptFolder, submissionFolder } from '../adapters/files/artifact-store.ts';
import { writeNewFile } from '../adapters/files/atomic-write.ts';
import { clearEvidenceFolder } from '../adapters/files/clear-evidence-folder.ts';
import { type FileProblem, tryFile } from '../adapters/files/file-problem.ts';
import { harvestAttempt } from '../adapters/files/harvest-attempt.ts';
import { writeProvenance } from '../adapters/files/provenance.ts';
import { openVerifiedArtifact, verifyArtifact } from '../adapters/files/verify-artifact.ts';
import { createTextBytes } from '../domain/text-bytes.ts';
import { placeOf } from '../services/attempt-work.ts';
import type { Evidence, Harvest, OriginalInput } from '../services/ports/evidence.ts';
import type { Problem } from '../services/ports/problem.ts';
import type { AddedVariables } from '../services/ports/processes.ts';
import { composeLogs, isLog } from './compose-logs.ts';
import { type CreateRedactor, countingRedactor, redactText, startText } from './compose-redaction.ts';
import { compareSubmitted } from './submitted-files.ts';
import { createWrittenLogs, type WrittenLogs } from './written-logs.ts';

export interface EvidenceParts {
  readonly root: string;
  readonly repoRoot: string;
  readonly clock: () => number;
  readonly createRedactor: CreateRedactor;
  /** Gets how many secrets were taken out of a log or a text. */
  readonly onRedacted: (count: number) => void;
}

const NEVER = new AbortController().signal;

export function composeEvidence(parts: EvidenceParts): Evidence {
  const { root, onRedacted } = parts;
  const createRedactor = countingRedactor(parts.createRedactor, onRedacted);
  const written = createWrittenLogs();
  const bytesOf = createTextBytes();
  return {
    ...composeLogs({ ...parts, createRedactor, written }),
    writeSubmission: (step, original) => writeSubmission(parts, step, original),
    async openAttempt(place) {
      const folder = await clearEvidenceFolder(root, place);
      return folder.ok ? ok({ path: folder.value }) : err(problemOf(folder.error));
    },
    async writeText(place, name, text) {
      const path = join(attemptFolder(root, place), name);
      const written = await tryFile('write', path, () => writeNewFile({ path, data: text, mode: 0o444 }));
      return written.ok ? written : err(problemOf(written.error));
    },
    startText: (secretsIn) => startText(createRedactor(secretsIn)),
    redact: (text, secretsIn) => redactText(text, createRedactor(secretsIn), bytesOf),
    harvest: (attempt, secretsIn, submitted) => harvestEverything({ ...parts, written, submitted }, attempt, secretsIn),
    async open(artifact) {
      const opened = await openVerifiedArtifact({ root, artifact, signal: NEVER });
      return opened.ok ? ok(opened.value.handle.createReadStream({ start: 0 })) : err(problemOf(opened.error));
    },
    async verify(artifact, signal = NEVER) {
      const verified = await verifyArtifact({ root, artifact, signal });
      return verified.ok ? verified : err(problemOf(verified.error));
    },
  };
}

async function writeSubmission(
  { root, repoRoot }: EvidenceParts,
  step: StepRecord,
  original: OriginalInput | null,
): Promise<Result<readonly SubmittedFile[], Problem>> {
  const { id: stepId, runId, phaseId, submission, spec } = step;
  const written = await writeProvenance({
    root,
    place: { runId, stepId },
    submission,
    repoRoot,
    original,
    normalizedTask: encodeTaskSpec({ ...spec, runId, phaseId, stepId }),
    signal: NEVER,
  });
  return written.ok ? ok(written.value.files) : err(problemOf(written.error));
}

const problemOf = ({ code, sentence }: FileProblem): Problem =>
  code === undefined ? { sentence } : { code, sentence };

async function harvestEverything(
  {
    root,
    createRedactor,
    written,
    submitted,
  }: EvidenceParts & { readonly written: WrittenLogs; readonly submitted: readonly SubmittedFile[] | null },
  attempt: AttemptRecord,
  secretsIn: AddedVariables,
): Promise<Result<Harvest, Problem>> {
  const harvested = await harvestAttempt({
    root,
    place: placeOf(attempt),
    submission: attempt.submission,
    createScanner: () => createRedactor(secretsIn),
    isSidecar: isLogIndex,
    signal: NEVER,
  });
  if (!harvested.ok) return err(problemOf(harvested.error));
  const { files, skipped } = harvested.value;
  const place = placeOf(attempt);
  const folder = submissionFolder(root, place, attempt.submission);
  const problems = [
    ...written.compare(attemptFolder(root, place), files),
    ...(submitted === null ? [] : compareSubmitted(folder, submitted, files)),
  ];
  return ok({ files, problems, skipped: skipped.map(({ name, reason }) => `${name}: ${reason}`) });
}

const isLogIndex = (name: string, names: ReadonlySet<string>): boolean =>
  name.endsWith('.idx') && isLog(name.slice(0, -'.idx'.length)) && names.has(name.slice(0, -'.idx'.length));
