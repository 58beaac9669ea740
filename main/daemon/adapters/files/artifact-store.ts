import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeName } from '../../../../contract/escape-name.ts';
import type { AttemptId, RunId, StepId } from '../../../../contract/ids.ts';
import type { Result } from '../../../../contract/result.ts';
import { type FileProblem, tryFile } from './file-problem.ts';
import { syncCreatedFolders } from './sync-folder.ts';

export interface StepPlace {
  readonly runId: RunId;
  readonly stepId: StepId;
}

export interface AttemptPlace extends StepPlace {
  readonly attemptId: AttemptId;
}

/** The folders of the artifact store: `<root>/<run>/<step>/<attempt>` and `<root>/<run>/<step>/submission-<n>`. */
export const stepFolder = (root: string, { runId, stepId }: StepPlace): string =>
  join(root, escapeName(runId), escapeName(stepId));

export const attemptFolder = (root: string, place: AttemptPlace): string =>
  join(stepFolder(root, place), escapeName(place.attemptId));

export const submissionFolder = (root: string, place: StepPlace, submission: number): string =>
  join(stepFolder(root, place), `submission-${submission}`);

/** Makes the folder of an attempt, for its owner alone. One that is already there is taken as it is. */
export async function createAttemptFolder(root: string, place: AttemptPlace): Promise<Result<string, FileProblem>> {
  const folder = attemptFolder(root, place);
  return tryFile('create', folder, async () => {
    await syncCreatedFolders(folder, await mkdir(folder, { recursive: true, mode: 0o700 }));
    return folder;
  });
}
