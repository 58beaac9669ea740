import { err, ok, type Result } from '../../../../contract/result.ts';
import { isWithin, resolveContained } from '../files/contained-path.ts';
import { type FileProblem, refuseFile } from '../files/file-problem.ts';

export interface ProvisioningPlaces {
  readonly repoRoot: string;
  readonly worktree: string;
}

export interface ProvisioningSource {
  /** Where it really is in the repository. */
  readonly source: string;
  /** The real folder of the worktree that it goes into, which may not exist yet, and its name there. */
  readonly folder: string;
  readonly name: string;
}

/** Git's own folder, and ours with its token and record: an executor gets neither. */
const WITHHELD = ['.git', '.codencer'];

/** Where a declared path is and where it goes. What is not there, leads out or is nobody's to have is refused. */
export async function findSource(
  { repoRoot, worktree }: ProvisioningPlaces,
  path: string,
): Promise<Result<ProvisioningSource, FileProblem>> {
  const place = await resolveContained(repoRoot, path);
  if (!place.ok) return place;
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  const folder = await resolveContained(worktree, segments.slice(0, -1).join('/') || '.');
  if (!folder.ok) return folder;
  const { exists, fromRoot, path: source } = place.value;
  const rooms = [segments[0], fromRoot.split(/[/\\]/)[0]].map((room) => room?.toLowerCase() ?? '');
  const refuse = (why: string) => err(refuseFile('use', path, why));
  const withheld = WITHHELD.find((room) => rooms.includes(room));
  if (withheld !== undefined) return refuse(`${withheld} is not for executors`);
  if (!exists) return refuse('it is not in the repository');
  if (fromRoot === '') return refuse('it is the repository itself');
  if (isWithin(source, folder.value.root)) return refuse('the worktree itself is in there');
  return ok({ source, folder: folder.value.path, name: segments.at(-1) ?? '' });
}
