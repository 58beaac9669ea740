/** One git command of a plain step: where it runs, and what it is given. */
export interface StepCommand {
  /** In the repository's own git directory, or in a private one that sees the same objects. */
  readonly where: 'repository' | 'room';
  readonly args: (known: Known) => readonly string[];
  readonly input?: (known: Known) => string;
  readonly settings?: readonly string[];
  /** Which of the known things its answer is. */
  readonly answers?: 'base' | 'tree' | 'commit';
  /** Exit codes that are an answer; 0 unless told. */
  readonly okExitCodes?: readonly number[];
}

export interface Known {
  readonly id: string;
  readonly worktree: string;
  readonly room: string;
  readonly base: string;
  readonly tree: string;
  readonly commit: string;
}

/** The one file that a measured step adds. */
export const ADDED_FILE = 'src/added.ts';
export const addedContent = (id: string): string => `export const id = '${id}';\n`.repeat(40);

const findBase: StepCommand = {
  where: 'repository',
  args: () => ['rev-parse', '--verify', '--quiet', '--end-of-options', 'HEAD^{commit}'],
  answers: 'base',
};

/** From the submit to the executor's start. */
export const PREPARE: readonly StepCommand[] = [
  findBase,
  {
    where: 'repository',
    args: ({ id, worktree, base }) => [
      'worktree',
      'add',
      '--quiet',
      '--detach',
      '--no-checkout',
      '--lock',
      '--reason',
      `codencer ${id}`,
      '--',
      worktree,
      base,
    ],
  },
  { where: 'room', args: ({ base }) => ['read-tree', '-m', '-u', base] },
];

const RENAMES = ['--find-renames=50%', '-l1000'];
const LISTING = ['diff-tree', '-r', '-z', '--raw', '--numstat', '--no-abbrev', '--no-textconv', ...RENAMES];
const PATCHING = ['diff-tree', '-r', '-p', '--binary', '--full-index', '--no-ext-diff', '--no-textconv', '--no-color'];
const PREFIXES = ['--src-prefix=a/', '--dst-prefix=b/', '--submodule=short', ...RENAMES];

/** From the executor's end to the step's. */
export const SAVE: readonly StepCommand[] = [
  {
    where: 'room',
    args: () => ['check-ignore', '-z', '--stdin'],
    input: () => `${ADDED_FILE}\0`,
    okExitCodes: [0, 1],
  },
  {
    where: 'room',
    args: () => ['update-index', '-z', '--add', '--remove', '--replace', '--stdin'],
    input: () => `${ADDED_FILE}\0`,
  },
  { where: 'room', args: () => ['write-tree'], answers: 'tree' },
  {
    where: 'room',
    args: ({ base, tree }) => ['commit-tree', '-p', base, '-F', '-', tree],
    input: ({ id }) => `codencer: tracked and untracked files\n\nOf ${id}\n`,
    answers: 'commit',
  },
  {
    where: 'repository',
    args: () => ['update-ref', '--stdin'],
    input: ({ id, commit }) => `create refs/codencer/${id} ${commit}\n`,
    settings: ['core.fsync=loose-object,reference'],
  },
  {
    where: 'room',
    args: ({ base, commit }) => [...LISTING, base, commit],
  },
  {
    where: 'room',
    args: ({ room, base, commit }) => [...PATCHING, ...PREFIXES, `--output=${room}/diff.patch`, base, commit],
  },
];

/** Names of the commands, in order. */
export const STEP_COMMAND_NAMES: readonly string[] = [...PREPARE, ...SAVE].map(
  ({ args }) => args({ id: '', worktree: '', room: '', base: '', tree: '', commit: '' })[0] ?? '',
);
