import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { z } from 'zod';

const PROGRAM = join(import.meta.dirname, '../fixtures/programs/work-as-planned.mjs');

/** What `work-as-planned.mjs` can do. Paths are bytes, written as latin1. */
export type PlannedAction =
  | { readonly do: 'write'; readonly path: string; readonly content: string | { readonly bytes: number } }
  | { readonly do: 'make-executable' | 'remove' | 'stage-and-overwrite'; readonly path: string }
  | { readonly do: 'link'; readonly path: string; readonly target: string }
  | { readonly do: 'rename'; readonly from: string; readonly to: string }
  | { readonly do: 'commit' | 'amend' | 'stash' | 'drop-commit' | 'move-submodule' }
  | { readonly do: 'branch'; readonly name: string }
  | { readonly do: 'nested-repository'; readonly folder: string };

export interface Plan {
  /** Begins the names of its branches. */
  readonly name: string;
  readonly actions: readonly PlannedAction[];
  readonly ending: 'succeed' | 'fail' | 'hang' | 'outlive';
}

/** What is tracked, and what is ignored, in the repository that the plans are made for. */
export const PLANNED_FILES = {
  'a.txt': 'one\n',
  'dir/c.txt': 'c\n',
  'dir/same.txt': 'same\n',
  '.gitignore': '*.log\nbuild/\nnode_modules/\n',
};

const NAMES = [
  'a.txt',
  'dir/c.txt',
  'dir/deep/new.bin',
  '-dash',
  '--',
  ' lead and trail ',
  'new\nline',
  'quo"te',
  "quo'te\\slash",
  'tab\there',
  '\xff\xfe-no-utf8/\xfc',
  'z\xc3\xbcrich',
  ':(top)magic*',
  '.hidden',
  'noise.log',
  'build/out.o',
  'node_modules/m/index.js',
] as const;

const MEGABYTE = 1024 * 1024;

/** One of each: tracked, untracked, ignored, binary, large, odd, linked, renamed, committed, nested, moved. */
export const EVERYTHING: readonly PlannedAction[] = [
  { do: 'write', path: 'a.txt', content: 'changed\r\n' },
  { do: 'commit' },
  { do: 'write', path: 'dir/deep/new.bin', content: { bytes: 3 * MEGABYTE } },
  { do: 'write', path: 'new\nline', content: '' },
  { do: 'write', path: '\xff\xfe-no-utf8/\xfc', content: 'bytes \xff\0\n' },
  { do: 'branch', name: 'side' },
  { do: 'drop-commit' },
  { do: 'write', path: '-dash', content: 'dash' },
  { do: 'write', path: 'quo"te', content: { bytes: 5000 } },
  { do: 'write', path: 'noise.log', content: { bytes: 2 * MEGABYTE } },
  { do: 'write', path: 'build/out.o', content: { bytes: 700 } },
  { do: 'write', path: 'node_modules/m/index.js', content: 'made anew by an install\n' },
  { do: 'stage-and-overwrite', path: 'staged.txt' },
  { do: 'stash' },
  { do: 'write', path: 'z\xc3\xbcrich', content: '$Id$\n' },
  { do: 'make-executable', path: 'dir/same.txt' },
  { do: 'rename', from: 'dir/c.txt', to: ' lead and trail ' },
  { do: 'link', path: 'link', target: '/etc/passwd' },
  { do: 'link', path: 'dangling', target: '\xff nowhere' },
  { do: 'nested-repository', folder: 'nested' },
  { do: 'move-submodule' },
  { do: 'write', path: 'tab\there', content: 'last\n' },
];

const path = fc.constantFrom(...NAMES);
const content = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('', 'one\n', 'two\r\nlines\r\n', '$Id$\n', '\xff\xfeb\0i\0n\0', 'no end of line'),
  },
  { weight: 3, arbitrary: fc.record({ bytes: fc.integer({ min: 1, max: 70_000 }) }) },
  { weight: 1, arbitrary: fc.record({ bytes: fc.constantFrom(2 * MEGABYTE, 11 * MEGABYTE) }) },
);
const plain = fc.record({
  do: fc.constantFrom('commit' as const, 'amend' as const, 'stash' as const, 'drop-commit' as const),
});

export const plannedActions: fc.Arbitrary<readonly PlannedAction[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant('write' as const), path, content }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constantFrom('make-executable' as const, 'remove' as const, 'stage-and-overwrite' as const),
        path,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('link' as const),
        path,
        target: fc.constantFrom('a.txt', '/etc/passwd', '..', '\xff'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('rename' as const), from: path, to: path }) },
    { weight: 4, arbitrary: plain },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('branch' as const), name: fc.constantFrom('one', 'two') }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('nested-repository' as const),
        folder: fc.constantFrom('nested', 'dir/inner', 'build/inner'),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'move-submodule' as const }) },
  ),
  { minLength: 1, maxLength: 14, size: 'max' },
);

const Note = z.strictObject({
  file: z.string().optional(),
  state: z.string().optional(),
  gone: z.string().optional(),
  commit: z.string().optional(),
  in: z.string().optional(),
  blob: z.string().optional(),
  restaged: z.boolean().optional(),
  done: z.number().optional(),
  end: z.boolean().optional(),
  late: z.number().optional(),
});

/** What a program says it has made and what must be somewhere afterwards. */
export interface MadeWork {
  /** By path, `<mode> <blob id>`. */
  readonly files: ReadonlyMap<string, string>;
  readonly commits: readonly { readonly id: string; readonly folder: string }[];
  /** What only the index holds. */
  readonly blobs: readonly string[];
  readonly actionsDone: number;
  readonly hasEnded: boolean;
  /** Files that came after the leader had said that it ends. */
  readonly lateFiles: number;
}

export interface PlannedWork {
  /** A shell command that works by the plan. */
  readonly command: string;
  made(): MadeWork;
}

/** `folder` is outside of any worktree. */
export function planWork(folder: string, plan: Plan): PlannedWork {
  const planFile = join(folder, `${plan.name}.plan.json`);
  const notesFile = join(folder, `${plan.name}.notes.jsonl`);
  writeFileSync(planFile, JSON.stringify(plan));
  writeFileSync(notesFile, '');
  const quoted = [process.execPath, PROGRAM, planFile, notesFile].map((word) => `'${word}'`);
  return { command: `exec ${quoted.join(' ')}`, made: () => readNotes(readFileSync(notesFile, 'utf8')) };
}

/** The same for a step with several attempts: each one notes what it has made for itself. */
export interface PlannedStepWork {
  readonly command: string;
  /** Nothing when the program of that attempt never began. */
  made(attemptId: string): MadeWork;
}

export function planStepWork(folder: string, plan: Plan): PlannedStepWork {
  const planFile = join(folder, `${plan.name}.plan.json`);
  const notesOf = (attempt: string): string => join(folder, `${plan.name}.${attempt}.notes.jsonl`);
  writeFileSync(planFile, JSON.stringify(plan));
  const quoted = [process.execPath, PROGRAM, planFile].map((word) => `'${word}'`);
  // A mark is <instance>:<attempt>:<something that nobody can guess>.
  const attempt = `attempt="\${CODENCER_MARK%:*}"; attempt="\${attempt#*:}"`;
  return {
    command: `${attempt}; exec ${quoted.join(' ')} "${notesOf('$attempt')}"`,
    made: (attemptId) => readNotes(existsSync(notesOf(attemptId)) ? readFileSync(notesOf(attemptId), 'utf8') : ''),
  };
}

/** The last line may be cut: its writer may have been killed over it. */
function readNotes(text: string): MadeWork {
  const lines = text.split('\n').slice(0, -1);
  const notes = lines.map((line) => Note.parse(JSON.parse(line)));
  const files = new Map<string, string>();
  for (const { file, state, gone } of notes) {
    if (file !== undefined && state !== undefined) files.set(file, state);
    if (gone !== undefined) forget(files, gone);
  }
  const stagedSince = notes.findLastIndex((note) => note.restaged === true) + 1;
  const staged = notes.slice(stagedSince).filter((note) => note.blob !== undefined);
  const end = notes.findIndex((note) => note.end === true);
  return {
    files,
    commits: notes.flatMap((note) => (note.commit === undefined ? [] : [{ id: note.commit, folder: note.in ?? '.' }])),
    blobs: [...new Map(staged.map((note) => [note.in, note.blob])).values()].filter((blob) => blob !== undefined),
    actionsDone: Math.max(0, ...notes.map((note) => note.done ?? 0)),
    hasEnded: end !== -1,
    lateFiles: end === -1 ? 0 : notes.slice(end).filter((note) => note.late !== undefined).length,
  };
}

function forget(files: Map<string, string>, gone: string): void {
  for (const path of files.keys()) {
    if (gone === '.' || path === gone || path.startsWith(`${gone}/`)) files.delete(path);
  }
}
