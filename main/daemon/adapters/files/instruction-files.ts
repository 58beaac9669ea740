import { resolveContained } from './contained-path.ts';
import { type FileProblem, tryFile } from './file-problem.ts';
import { hashFile } from './hash-file.ts';
import { openArtifactFile } from './open-artifact-file.ts';

/** Where repositories keep what they tell agents. */
const INSTRUCTION_FILES = ['AGENTS.md', 'docs/AGENTS.md', '.agent/AGENTS.md', 'CLAUDE.md'] as const;

/** What is larger instructs nobody, and every submit would wait for its hash. */
const MAX_INSTRUCTION_BYTES = 16 * 1024 * 1024;

/** One instruction file, as it was when a task came in. `real_path` is where a link led, relative to the repository. */
export type InstructionFile =
  | { readonly path: string; readonly real_path: string; readonly size: number; readonly sha256: string }
  | { readonly path: string; readonly problem: string };

/** The instruction files that the repository has now; one that cannot be read is named with the reason. */
export async function describeInstructions(repoRoot: string, signal: AbortSignal): Promise<readonly InstructionFile[]> {
  const described = await Promise.all(INSTRUCTION_FILES.map((path) => describeOne(repoRoot, path, signal)));
  return described.filter((file) => file !== null);
}

async function describeOne(repoRoot: string, path: string, signal: AbortSignal): Promise<InstructionFile | null> {
  const place = await resolveContained(repoRoot, path);
  if (!place.ok) return problemOf(path, place.error);
  if (!place.value.exists) return null;
  const opened = await openArtifactFile(place.value.root, place.value.path);
  if (!opened.ok) return problemOf(path, opened.error);
  const { handle, stats } = opened.value;
  try {
    if (stats.size > MAX_INSTRUCTION_BYTES) return { path, problem: `it has ${stats.size} bytes: too many to be read` };
    const hashed = await tryFile('read', path, () => hashFile(handle, signal));
    if (!hashed.ok) return problemOf(path, hashed.error);
    const { sizeBytes, sha256 } = hashed.value;
    return { path, real_path: place.value.fromRoot.replaceAll('\\', '/'), size: sizeBytes, sha256 };
  } finally {
    await handle.close();
  }
}

const problemOf = (path: string, { sentence }: FileProblem): InstructionFile => ({ path, problem: sentence });
