import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HARDENED_CONFIG, hardenedEnvironment } from '../../../main/daemon/adapters/git/git-environment.ts';
import { cleanEnvironment } from '../product.ts';
import { ADDED_FILE, addedContent, type Known, PREPARE, SAVE, type StepCommand } from './step-commands.ts';

/** The git of one step, without a daemon around it. */
export interface GitFloor {
  /** Makes ready what is not git's: a private git directory. Not part of the floor. */
  prepare(id: string): void;
  /** Runs the step's commands one after another. */
  run(id: string): Promise<void>;
  /** Takes the worktree away again, without git, as the daemon does. */
  clean(id: string): void;
}

const SETTINGS = HARDENED_CONFIG.flatMap((setting) => ['-c', setting]);
/** `check-ignore` refuses literal pathspecs, and no path here has anything magic in it. */
const ENVIRONMENT = { ...hardenedEnvironment(cleanEnvironment()), GIT_LITERAL_PATHSPECS: '0' };

/**
 * Over a repository of its own. Worktrees and private directories are where the daemon has its own: what a file system
 * takes for a file depends on the folder and on what was removed from it lately.
 */
export function createGitFloor(root: string): GitFloor {
  const inTurn = createTurns();
  const state = join(root, '.codencer');
  const placeOf = (id: string) => ({ id, worktree: join(state, 'workspace', id), room: join(state, 'git/rooms', id) });
  return {
    prepare: (id) => furnish(placeOf(id).room),
    async run(id) {
      const prepared = await runAll({ root, inTurn }, PREPARE, { ...placeOf(id), base: '', tree: '', commit: '' });
      writeFileSync(join(prepared.worktree, ADDED_FILE), addedContent(id));
      await runAll({ root, inTurn }, SAVE, prepared);
    },
    clean(id) {
      const { worktree, room } = placeOf(id);
      for (const path of [worktree, room, join(root, '.git/worktrees', id)])
        rmSync(path, { recursive: true, force: true });
    },
  };
}

type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** One after another: a git that adds a worktree fails when it meets another that does. */
function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined); // whoever waits for it hears of it
    return mine;
  };
}

interface Setting {
  readonly root: string;
  readonly inTurn: InTurn;
}

async function runAll({ root, inTurn }: Setting, commands: readonly StepCommand[], start: Known): Promise<Known> {
  let known = start;
  for (const command of commands) {
    const work = () => run(root, command, known);
    const answer = await (command.where === 'repository' && command.answers === undefined ? inTurn(work) : work());
    if (command.answers !== undefined) known = { ...known, [command.answers]: answer.trim().split('\n').at(-1) };
  }
  return known;
}

function run(root: string, command: StepCommand, known: Known): Promise<string> {
  const settings = (command.settings ?? []).flatMap((setting) => ['-c', setting]);
  const args = [...SETTINGS, ...settings, ...command.args(known)];
  const { cwd, env } = command.where === 'room' ? inRoom(root, known) : inRepository(root);
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd, env: { ...ENVIRONMENT, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if ((command.okExitCodes ?? [0]).includes(code ?? -1)) resolve(stdout);
      else reject(new Error(`git ${args.slice(SETTINGS.length).join(' ')}: exit ${code}`));
    });
    // A git that ends before it has read everything says why by its exit code.
    child.stdin.on('error', () => undefined).end(command.input?.(known));
  });
}

const inRepository = (root: string) => ({
  cwd: root,
  env: {
    GIT_DIR: join(root, '.git'),
    GIT_COMMON_DIR: join(root, '.git'),
    GIT_OBJECT_DIRECTORY: join(root, '.git/objects'),
    GIT_WORK_TREE: root,
  },
});

const inRoom = (root: string, { room, worktree }: Known) => ({
  cwd: worktree,
  env: {
    GIT_DIR: room,
    GIT_WORK_TREE: worktree,
    GIT_INDEX_FILE: join(room, 'index'),
    GIT_OBJECT_DIRECTORY: join(root, '.git/objects'),
  },
});

/** Set up as the daemon sets up its own: objects are on disk before a ref names them. */
function furnish(room: string): void {
  for (const name of ['objects', 'refs', 'info']) mkdirSync(join(room, name), { recursive: true });
  writeFileSync(join(room, 'HEAD'), 'ref: refs/heads/main\n');
  const lines = ['[core]', 'repositoryFormatVersion = 0', 'fsync = loose-object,reference', 'fsyncMethod = batch', ''];
  writeFileSync(join(room, 'config'), lines.join('\n'));
}
