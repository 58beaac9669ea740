import { realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { type AttemptPlace, attemptFolder, submissionFolder } from './artifact-store.ts';
import { type FileProblem, refuseFile, tryFile } from './file-problem.ts';
import { type Harvest, type HarvestedFile, type HarvestOrder, harvest } from './harvest.ts';

export interface AttemptHarvestOrder extends Omit<HarvestOrder, 'folder'> {
  readonly root: string;
  readonly place: AttemptPlace;
  /** The submission that started the attempt. */
  readonly submission: number;
}

/** Harvests an attempt together with the submission that started it. */
export async function harvestAttempt(order: AttemptHarvestOrder): Promise<Result<Harvest, FileProblem>> {
  const { root, place } = order;
  const [submitted, made] = await Promise.all([
    harvestOwn(order, submissionFolder(root, place, order.submission)),
    harvestOwn(order, attemptFolder(root, place)),
  ]);
  if (!submitted.ok) return submitted;
  if (!made.ok) return made;
  return ok({
    files: withOwnNames(submitted.value.files, made.value.files),
    skipped: [...submitted.value.skipped, ...made.value.skipped],
  });
}

/** Harvesting closes files: it must not be led to somebody else's. */
async function harvestOwn(order: AttemptHarvestOrder, folder: string): Promise<Result<Harvest, FileProblem>> {
  const reached = await tryFile('list', folder, async () => {
    const ownPlace = join(realpathSync.native(order.root), relative(order.root, folder));
    return realpathSync.native(folder) === ownPlace;
  });
  if (!reached.ok) return reached;
  return reached.value ? harvest({ ...order, folder }) : err(refuseFile('list', folder, 'a link is on the way'));
}

/** The submission's names are what planners look for: a file of the executor that has one of them is told apart. */
function withOwnNames(submitted: readonly HarvestedFile[], made: readonly HarvestedFile[]): readonly HarvestedFile[] {
  const files = [...submitted];
  const taken = new Set([...submitted, ...made].map(({ name }) => name));
  const isSubmitted = new Set(submitted.map(({ name }) => name));
  for (const file of made) {
    if (!isSubmitted.has(file.name)) {
      files.push(file);
      continue;
    }
    let name = `attempt/${file.name}`;
    while (taken.has(name)) name = `attempt/${name}`;
    taken.add(name);
    files.push({ ...file, name, type: 'file' });
  }
  return files;
}
