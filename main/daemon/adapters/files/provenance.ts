import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Result } from '../../../../contract/result.ts';
import { type StepPlace, submissionFolder } from './artifact-store.ts';
import { writeNewFile } from './atomic-write.ts';
import { type FileProblem, hasCode, tryFile } from './file-problem.ts';
import { describeInstructions } from './instruction-files.ts';
import { syncCreatedFolders, syncFolder } from './sync-folder.ts';

export interface Submission {
  readonly root: string;
  readonly place: StepPlace;
  readonly submission: number;
  readonly repoRoot: string;
  /** What the planner sent, word for word; null when the submission carries only the task itself. */
  readonly original: { readonly format: string; readonly text: string } | null;
  /** The task in its wire form. */
  readonly normalizedTask: unknown;
  readonly signal: AbortSignal;
}

export interface Provenance {
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

/**
 * Writes `submission-<n>/` whole and answers when it is on disk. Submissions of one step are the caller's to keep apart.
 * A folder of that number can only be left from a submission that never got into the record: it is kept under another name.
 */
export async function writeProvenance(submission: Submission): Promise<Result<Provenance, FileProblem>> {
  const folder = submissionFolder(submission.root, submission.place, submission.submission);
  return tryFile('write', folder, async () => {
    const files = await describeFiles(submission);
    const draft = join(dirname(folder), `.${basename(folder)}.${randomBytes(6).toString('hex')}.tmp`);
    const created = mkdirSync(dirname(draft), { recursive: true, mode: 0o700 });
    try {
      await Promise.all([writeDraft(draft, files), syncCreatedFolders(dirname(draft), created)]);
      renameAside(folder);
      renameSync(draft, folder);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
    await syncFolder(dirname(folder));
    return { folder, files: files.map(({ name, data }) => ({ name, sha256: sha256Of(data) })) };
  });
}

async function writeDraft(draft: string, files: readonly ProvenanceFile[]): Promise<void> {
  mkdirSync(draft, { mode: 0o700 });
  await Promise.all(files.map(({ name, data }) => writeNewFile({ path: join(draft, name), data, mode: 0o444 })));
  await syncFolder(draft);
}

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

interface ProvenanceFile {
  readonly name: string;
  readonly data: string;
}

async function describeFiles(submission: Submission): Promise<readonly ProvenanceFile[]> {
  const { original, normalizedTask, repoRoot, signal } = submission;
  const instructions = await describeInstructions(repoRoot, signal);
  return [
    ...(original === null ? [] : [{ name: `original-input.${extensionOf(original.format)}`, data: original.text }]),
    { name: 'normalized-task.json', data: jsonText(normalizedTask) },
    { name: 'instructions.json', data: jsonText({ version: 1, files: instructions }) },
  ];
}

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['json', 'json'],
  ['md', 'md'],
  ['markdown', 'md'],
]);

const extensionOf = (format: string): string => EXTENSIONS.get(format.toLowerCase()) ?? 'txt';

function renameAside(folder: string): void {
  try {
    renameSync(folder, `${folder}.leftover-${randomBytes(6).toString('hex')}`);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}
