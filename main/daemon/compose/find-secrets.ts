import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SalvageRecord } from '../../../contract/records.ts';
import type { GitCommand } from '../adapters/git/git-runner.ts';
import { type Repository, runInRepository } from '../adapters/git/repository.ts';
import type { Salvage } from '../adapters/git/salvage/salvage-result.ts';
import type { Redactor } from '../domain/redaction/redactor.ts';

type Run = (command: Omit<GitCommand, 'cwd' | 'env'>) => Promise<Buffer>;

export interface SecretSearch {
  readonly repository: Repository;
  readonly createRedactor: () => Redactor;
}

/**
 * Whether what was saved holds a secret. The work itself is never altered, only marked. The patch tells about text that
 * was not committed; whatever else there is, is read from its objects.
 */
export const findSecrets = (search: SecretSearch, salvage: Salvage): Promise<boolean> =>
  findIn(search, salvage).catch(() => true); // what cannot be looked through is not known to be free of secrets

async function findIn(search: SecretSearch, salvage: Salvage): Promise<boolean> {
  if (salvage.patchPath !== null && (await isInFile(search, salvage.patchPath))) return true;
  if (!isToldByPatch(salvage) && (await isInCommits(search, salvage.refs, [salvage.base]))) return true;
  return isInBundles(search, salvage.bundles);
}

export interface FurtherWork {
  readonly base: string;
  readonly earlier: SalvageRecord;
  /** With what came on top of the earlier one. */
  readonly record: SalvageRecord;
}

/** The same of what came on top of an earlier salvage. */
export const findFurtherSecrets = (search: SecretSearch, work: FurtherWork): Promise<boolean> =>
  findInFurther(search, work).catch(() => true); // as above

async function findInFurther(search: SecretSearch, { base, earlier, record }: FurtherWork): Promise<boolean> {
  const isKnown = new Set<string>([
    ...earlier.refs.map(({ commit }) => commit),
    ...earlier.bundles.map(({ file }) => file),
  ]);
  const refs = record.refs.filter(({ commit }) => !isKnown.has(commit));
  const known = [base, ...earlier.refs.map(({ commit }) => commit)];
  if (await isInCommits(search, refs, known)) return true;
  return isInBundles(
    search,
    record.bundles.filter(({ file }) => !isKnown.has(file)),
  );
}

const isToldByPatch = ({ base, head, refs, ignoredCommit, changedFiles }: Salvage): boolean =>
  head === base && ignoredCommit === null && refs.length <= 1 && !changedFiles.some(({ isBinary }) => isBinary);

async function isInFile({ createRedactor }: SecretSearch, path: string): Promise<boolean> {
  const scanner = createRedactor();
  for await (const chunk of createReadStream(path)) scanner.push(chunk);
  scanner.flush();
  return scanner.redactions() > 0;
}

/** Everything that these commits have and the known ones do not. */
async function isInCommits(
  search: SecretSearch,
  refs: readonly { readonly commit: string }[],
  known: readonly string[],
): Promise<boolean> {
  if (refs.length === 0) return false;
  const run: Run = async (command) => outputOf(await runInRepository(search.repository, command));
  const commits = refs.map(({ commit }) => commit);
  const listed = await run({ args: ['rev-list', '--objects', '--no-object-names', ...commits, '--not', ...known] });
  return isInObjects(search, run, listed);
}

/** A bundle is opened in an empty repository of our own, which goes right after. */
async function isInBundles(
  { repository, createRedactor }: SecretSearch,
  bundles: readonly { readonly file: string }[],
): Promise<boolean> {
  for (const { file } of bundles) {
    const folder = await mkdtemp(join(repository.privateDir, 'bundle-'));
    try {
      const run: Run = async (command) =>
        outputOf(await repository.git({ ...command, cwd: folder, env: { GIT_DIR: folder } }));
      await run({ args: ['init', '--quiet', '--bare', `--object-format=${repository.objectFormat}`, folder] });
      await run({ args: ['bundle', 'unbundle', file] });
      const listed = await run({ args: ['cat-file', '--batch-all-objects', '--batch-check=%(objectname)'] });
      if (await isInObjects({ repository, createRedactor }, run, listed)) return true;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return false;
}

type GitResult = Awaited<ReturnType<typeof runInRepository>>;

function outputOf(result: GitResult): Buffer {
  if (!result.ok) throw new Error(result.error.message);
  return result.value.stdout;
}

/** Git's output is held in memory whole, so objects are read in parts of about this size. */
const PART_BYTES = 16 * 1024 * 1024;

async function isInObjects({ createRedactor }: SecretSearch, run: Run, ids: Buffer): Promise<boolean> {
  const sized = await run({ args: ['cat-file', '--batch-check=%(objectsize) %(objectname)'], input: ids });
  const scanner = createRedactor();
  for (const part of inParts(sized.toString('latin1').trimEnd().split('\n'))) {
    scanner.push(await run({ args: ['cat-file', '--batch'], input: part.map((id) => `${id}\n`).join('') }));
    scanner.flush();
    if (scanner.redactions() > 0) return true;
  }
  return false;
}

function* inParts(lines: readonly string[]): Generator<readonly string[]> {
  let part: string[] = [];
  let bytes = 0;
  for (const [size = '', id] of lines.map((line) => line.split(' '))) {
    if (id === undefined) continue;
    if (part.length > 0 && bytes + Number(size) > PART_BYTES) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(id);
    bytes += Number(size);
  }
  if (part.length > 0) yield part;
}
