import { randomBytes } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { InstanceId } from '../../../contract/ids.ts';
import type { InstanceRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { configReader } from '../adapters/files/config-reader.ts';
import { isWithin } from '../adapters/files/contained-path.ts';
import { type Ceilings, gitCeilings } from '../adapters/git/git-ceilings.ts';
import { createGitRunner } from '../adapters/git/git-runner.ts';
import { openRepository } from '../adapters/git/open-repository.ts';
import type { Repository } from '../adapters/git/repository.ts';
import { removeDeadGateways } from '../adapters/git/temporary-gateway.ts';
import { instanceIndexDir } from '../adapters/instance/instance-index-dir.ts';
import { type InstanceLock, LOCK_FILE, takeInstanceLock } from '../adapters/instance/instance-lock.ts';
import { createStateFolder, STATE_FOLDER } from '../adapters/instance/state-folder.ts';
import { loadToken } from '../adapters/instance/token.ts';
import { markVariable } from '../adapters/process/environment-mark.ts';
import type { DaemonConfig } from '../config/daemon-config.ts';
import { type ConfigInput, resolveConfig } from '../config/resolve-config.ts';
import type { Log } from '../services/context.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { createGitMark } from './create-ids.ts';
import type { DaemonOptions } from './daemon-options.ts';
import { watchPlace } from './place-watch.ts';

/** Everything that belongs to this process alone from here on: the repository, its lock, its record. */
export interface Place {
  readonly config: DaemonConfig;
  /** What the configuration was made of. */
  readonly configInput: ConfigInput;
  readonly repository: Repository;
  /** What keeps the git of a program in its worktree. */
  readonly ceilings: Ceilings;
  /** What this daemon's git commands carry. */
  readonly gitMark: string;
  readonly stateDir: string;
  readonly indexDir: string;
  readonly lock: InstanceLock;
  readonly token: string;
  readonly store: Store;
  readonly instance: InstanceRecord;
  /** Resolves with a sentence when all this is no longer under its names. */
  readonly gone: Promise<string>;
  close(): void;
}

/** Configuration, repository, lock, token, record: in this order, and each refusal is one sentence. */
export async function openPlace(options: DaemonOptions, log: Log): Promise<Result<Place, string>> {
  const configInput = configInputOf(options);
  const config = resolveConfig(configInput);
  if (!config.ok) return err(config.error.join('; '));
  for (const notice of config.value.notices) log('warn', notice);
  const root = config.value.repoRoot.value;
  const git = createGitRunner({ environment: process.env });
  const ownFiles = await ownFilesOf(config.value);
  const repository = await openRepository({ git, root, environment: process.env, ownFiles });
  if (!repository.ok) return err(repository.error.message);
  const indexDir = instanceIndexDir({ platform: process.platform, home: homedir(), environment: process.env });
  const ceilings = gitCeilings({
    workspaceRoot: config.value.workspaceRoot.value,
    root: repository.value.root,
    linksDir: join(dirname(indexDir), 'ceilings'),
  });
  if (!ceilings.ok) return ceilings;
  for (const warning of repository.value.warnings) log('warn', warning.message, { code: warning.code });
  const stateDir = await createStateFolder(repository.value.root);
  if (!stateDir.ok) return err(stateDir.error.sentence);
  const lock = takeInstanceLock(stateDir.value);
  if (!lock.ok) return err(lock.error.sentence);
  const opened = await openRecord(
    { config: config.value, repository: repository.value, stateDir: stateDir.value },
    log,
  );
  if (!opened.ok) {
    lock.value.release();
    return opened;
  }
  await removeDeadGateways();
  const announced = await lock.value.announce(null);
  if (!announced.ok) log('warn', announced.error.sentence);
  const watch = watchPlace([config.value.dbPath.value, join(stateDir.value, LOCK_FILE)]);
  const store = watch.guard(opened.value.store);
  const gitMark = createGitMark(opened.value.instance.id);
  const markedGit = createGitRunner({ environment: process.env, mark: { [markVariable]: gitMark } });
  return ok({
    ...opened.value,
    store,
    gone: watch.gone,
    config: config.value,
    configInput,
    repository: { ...repository.value, git: markedGit },
    ceilings: ceilings.value,
    gitMark,
    stateDir: stateDir.value,
    indexDir,
    lock: lock.value,
    close() {
      watch.stop();
      store.close();
      lock.value.release();
    },
  });
}

/** What a repository must not bring: who wrote the record decides what is run, who wrote the token gets in. */
async function ownFilesOf({ repoRoot, dbPath }: DaemonConfig): Promise<readonly string[]> {
  const stateDir = join(await withoutLinks(repoRoot.value), STATE_FOLDER);
  const record = await withoutLinks(dbPath.value);
  const ours = ['token', 'instance.json', LOCK_FILE, 'git'].map((name) => join(stateDir, name));
  return [...ours, ...['', '-wal', '-shm', '-journal', '-closed'].map((suffix) => `${record}${suffix}`)];
}

/** Of a file that is not there yet, its folder decides. */
async function withoutLinks(path: string): Promise<string> {
  const folder = await realpath(dirname(path)).catch(() => dirname(path));
  return realpath(path).catch(() => join(folder, basename(path)));
}

const configInputOf = ({ repoRoot, port, configPath, simulation }: DaemonOptions): ConfigInput => ({
  flags: {
    ...(repoRoot === undefined ? {} : { repoRoot }),
    ...(port === undefined ? {} : { port }),
    ...(configPath === undefined ? {} : { config: configPath }),
    ...(simulation === undefined ? {} : { simulate: simulation }),
  },
  environment: process.env,
  cwd: process.cwd(),
  reader: configReader,
});

type Ground = Pick<Place, 'config' | 'repository' | 'stateDir'>;

async function openRecord(
  { config, repository, stateDir }: Ground,
  log: Log,
): Promise<Result<Pick<Place, 'token' | 'store' | 'instance'>, string>> {
  const token = await loadToken(stateDir);
  if (!token.ok) return err(token.error.sentence);
  if (token.value.notice !== null) log('warn', token.value.notice);
  const path = config.dbPath.value;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const store = openStore({ path, clock: Date.now, onSlow: (slow) => log('warn', 'a commit was slow', { ...slow }) });
  if (!store.ok) return err(store.error.message);
  const owner = store.value.instance.get()?.repoRoot ?? repository.root;
  if (owner !== repository.root && isWithin(owner, await withoutLinks(path))) {
    store.value.close();
    return err(`${JSON.stringify(path)} is the record of another repository, ${owner}: see what sets DB_PATH here`);
  }
  return ok({ token: token.value.token, store: store.value, instance: identify(store.value, repository.root) });
}

/** The id stays with the record, also when the repository moves. */
function identify(store: Store, repoRoot: string): InstanceRecord {
  const present = store.instance.get();
  if (present === null) {
    const id = InstanceId.parse(`inst-${randomBytes(8).toString('hex')}`);
    const created = { id, repoRoot, createdAtMs: Date.now() };
    store.instance.insert(created);
    return created;
  }
  const moved = { ...present, repoRoot };
  if (present.repoRoot !== repoRoot) store.instance.save(moved);
  return moved;
}

export const pipesFolder = (stateDir: string): string => join(stateDir, 'pipes');
