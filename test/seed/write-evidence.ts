import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { artifactIdOf } from '../../contract/ids.ts';
import type { AttemptRecord } from '../../contract/records.ts';
import { attemptFolder } from '../../main/daemon/adapters/files/artifact-store.ts';
import { artifactTypeOf } from '../../main/daemon/adapters/files/artifact-type.ts';
import type { Pen } from './pen.ts';

/** One attempt in so many has files: the smallest file costs a block, and a folder another. */
const ATTEMPTS_WITH_FILES = 10;

/** Real files with their real hashes, so that an audit finds what the record says. */
export function writeEvidence(pen: Pen, attempt: AttemptRecord): void {
  const { artifactRoot, draw } = pen;
  if (artifactRoot === null || draw.whole(1, ATTEMPTS_WITH_FILES) > 1) return;
  const place = { runId: attempt.runId, stepId: attempt.stepId, attemptId: attempt.id };
  const folder = attemptFolder(artifactRoot, place);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = {
    'stdout.log': `Executing Simulated simulation for attempt ${attempt.id}\n`,
    'result.json': `${JSON.stringify({ state: 'completed', summary: 'Simulated successful simulation task.' }, null, 2)}\n`,
  };
  for (const [name, content] of Object.entries(files)) writeArtifact(pen, { attempt, folder, name, content });
}

interface SeededFile {
  readonly attempt: AttemptRecord;
  readonly folder: string;
  readonly name: string;
  readonly content: string;
}

function writeArtifact({ store, clock }: Pen, { attempt, folder, name, content }: SeededFile): void {
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o400 });
  store.artifacts.insert({
    id: artifactIdOf(attempt.id, name),
    attemptId: attempt.id,
    stepId: attempt.stepId,
    type: artifactTypeOf(name),
    name,
    path,
    sizeBytes: Buffer.byteLength(content),
    sha256: createHash('sha256').update(content).digest('hex'),
    mediaType: name.endsWith('.json') ? 'application/json' : 'text/plain; charset=utf-8',
    containsSecret: false,
    createdAtMs: clock(),
  });
}
