import { createReadStream } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refusal } from '../../../contract/errors.ts';
import { escapeName } from '../../../contract/escape-name.ts';
import { AttemptId } from '../../../contract/ids.ts';
import { CommitHash, type Provisioning } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { attemptFolder } from '../adapters/files/artifact-store.ts';
import { createWorktree } from '../adapters/git/create-worktree.ts';
import { type RemovalProof, removeWorktree } from '../adapters/git/remove-worktree.ts';
import { runInRepository } from '../adapters/git/repository.ts';
import { createRepositoryLock } from '../adapters/git/repository-lock.ts';
import { resolveBase } from '../adapters/git/resolve-base.ts';
import { restoreCommands } from '../adapters/git/salvage/restore-commands.ts';
import { salvageAgain } from '../adapters/git/salvage/salvage-again.ts';
import type { SalvageRequest } from '../adapters/git/salvage/salvage-result.ts';
import { salvageWorktree } from '../adapters/git/salvage/salvage-worktree.ts';
import { excludeFileOf, listWorktrees, readWorktree, type Worktree } from '../adapters/git/worktree-record.ts';
import { processesInside } from '../adapters/process/processes-inside.ts';
import { provisionWorktree } from '../adapters/provisioning/provision.ts';
import type { Redactor } from '../domain/redaction/redactor.ts';
import type { AttemptPlace, Problem, Processes, Workspaces } from '../services/ports.ts';
import { composeHookRunner } from './compose-hooks.ts';
import type { Place } from './open-place.ts';
import { recordFurtherSalvage, salvagedWork } from './salvage-record.ts';

export interface WorkspaceParts {
  readonly place: Pick<Place, 'config' | 'repository'>;
  readonly createRedactor: () => Redactor;
  readonly processes: Processes;
}

const HOOK_TIMEOUT_MS = 15 * 60_000;

/** The name of an attempt's worktree among ours; its id can be read back from it. */
const worktreeId = ({ attemptId }: AttemptPlace): string => escapeName(attemptId);

const salvageRef = ({ runId, stepId, attemptId }: AttemptPlace): string =>
  `refs/codencer/${escapeName(runId)}/${escapeName(stepId)}/${escapeName(attemptId)}`;

export function composeWorkspaces(parts: WorkspaceParts): Workspaces {
  const { repository, config } = parts.place;
  const lock = createRepositoryLock();
  const artifactRoot = config.artifactRoot.value;
  const pathOf = (place: AttemptPlace) => join(config.workspaceRoot.value, worktreeId(place));
  const requestOf = (place: AttemptPlace, worktree: Worktree): SalvageRequest => ({
    repository,
    worktree,
    ref: salvageRef(place),
    directory: attemptFolder(artifactRoot, place),
    atMs: Date.now(),
  });
  const find = async (place: AttemptPlace): Promise<Result<Worktree, Problem>> => {
    const known = await readWorktree(repository, worktreeId(place));
    if (!known.ok) return err({ sentence: known.error.message });
    if (known.value.state === 'creating')
      return err({ sentence: `the worktree ${known.value.path} was never finished` });
    return ok(known.value);
  };
  return {
    pathOf,
    async resolveBase(ref) {
      const base = await resolveBase(repository, ref);
      return base.ok ? ok(CommitHash.parse(base.value)) : err(refusal('base_not_found', base.error.message));
    },
    async create(place, base) {
      const created = await createWorktree({ repository, lock, id: worktreeId(place), path: pathOf(place), base });
      if (!created.ok) return err({ sentence: created.error.message });
      const notes = repository.warnings.filter(({ code }) => code === 'lfs' || code === 'submodules');
      return ok({ path: created.value.path, baseCommit: base, notes: notes.map(({ message }) => message) });
    },
    async provision(place, { env, mark, signal }) {
      const worktree = await find(place);
      if (!worktree.ok) throw new Error(worktree.error.sentence);
      const provisioning = await provisionWorktree({
        repoRoot: repository.root,
        worktree: worktree.value.path,
        environment: env,
        hookTimeoutMs: HOOK_TIMEOUT_MS,
        signal,
        clock: Date.now,
        runHook: composeHookRunner(parts.processes, parts.createRedactor, mark),
      });
      await ignoreProvisioned(worktree.value, provisioning);
      return provisioning.success ? ok(provisioning) : err({ provisioning, sentence: provisioning.summary });
    },
    async salvage(place) {
      const worktree = await find(place);
      if (!worktree.ok) return worktree;
      const salvaged = await salvageWorktree(requestOf(place, worktree.value));
      if (!salvaged.ok) return err({ sentence: salvaged.error.message });
      const containsSecret = await findSecret(salvaged.value.patchPath, parts.createRedactor);
      return ok(salvagedWork(salvaged.value, { worktreePath: worktree.value.path, containsSecret }));
    },
    async salvageAfterValidations(place, earlier) {
      const worktree = await find(place);
      if (!worktree.ok) return worktree;
      const previous = { head: earlier.treeCommit ?? worktree.value.base, refs: earlier.refs, bundles: [] };
      const further = await salvageAgain({ ...requestOf(place, worktree.value), previous });
      if (!further.ok) return err({ sentence: further.error.message });
      return ok(recordFurtherSalvage(earlier, further.value, worktree.value.path));
    },
    async remove(place, salvage) {
      const proof = { keepWorktree: salvage.keptWorktree !== null, cachesListed: salvage.cachesListed };
      return remove(place, { kind: 'salvaged', salvage: proof });
    },
    async exists(place) {
      return (await find(place)).ok;
    },
    async list() {
      const { worktrees } = await listWorktrees(repository);
      return worktrees.flatMap(({ id }) => {
        const attemptId = AttemptId.safeParse(decodeURIComponent(id));
        return attemptId.success ? [{ attemptId: attemptId.data }] : [];
      });
    },
    async release(place, salvage) {
      const input = salvage.refs.map(({ name, commit }) => `delete ${name} ${commit}\n`).join('');
      if (input !== '') {
        const deleted = await runInRepository(repository, { args: ['update-ref', '--stdin'], input });
        if (!deleted.ok) return err({ sentence: deleted.error.message });
      }
      return salvage.keptWorktree === null ? ok(undefined) : remove(place, { kind: 'released' });
    },
    restoreCommands: (place, salvage) =>
      restoreCommands({
        repositoryRoot: repository.root,
        target: `${repository.root}-${worktreeId(place)}`,
        salvage: { ...salvage, bundles: salvage.bundles.map((bundle) => ({ ...bundle, fingerprint: '' })) },
      }),
  };

  async function remove(place: AttemptPlace, proof: RemovalProof): Promise<Result<void, Problem>> {
    const known = await readWorktree(repository, worktreeId(place));
    if (!known.ok)
      return known.error.code === 'worktree_unknown' ? ok(undefined) : err({ sentence: known.error.message });
    const [inside] = await processesInside(known.value.path);
    if (inside !== undefined) return err({ sentence: `process ${inside.pid} is still in ${known.value.path}` });
    const removed = await removeWorktree({ repository, lock, worktree: known.value, proof });
    return removed.ok ? ok(undefined) : err({ sentence: removed.error.message });
  }
}

/** What provisioning brought is not the executor's work: it is kept like an ignored file, outside the diff. */
async function ignoreProvisioned(worktree: Worktree, { environmentFiles, symlinks }: Provisioning): Promise<void> {
  const patterns = [...environmentFiles, ...symlinks].map((path) => `/${path.replace(/[\\*?[\]!#\s]/g, '\\$&')}\n`);
  if (patterns.length > 0) await appendFile(excludeFileOf(worktree), patterns.join(''));
}

/** Whether a patch holds a secret. The patch itself is the work and stays as it is. */
async function findSecret(patchPath: string | null, createRedactor: () => Redactor): Promise<boolean> {
  if (patchPath === null) return false;
  const scanner = createRedactor();
  for await (const chunk of createReadStream(patchPath)) scanner.push(chunk);
  scanner.flush();
  return scanner.redactions() > 0;
}
