import type { ToolKind } from '../../../../../contract/activity.ts';

/** The vendors' names of tools in ours. */
const KINDS: Readonly<Record<string, ToolKind>> = {
  Read: 'read',
  NotebookRead: 'read',
  Edit: 'edit',
  MultiEdit: 'edit',
  Write: 'edit',
  NotebookEdit: 'edit',
  Bash: 'execute',
  BashOutput: 'execute',
  KillShell: 'execute',
  Monitor: 'execute',
  Glob: 'search',
  Grep: 'search',
  LS: 'search',
  ToolSearch: 'search',
  WebFetch: 'fetch',
  WebSearch: 'fetch',
  TodoWrite: 'think',
  ExitPlanMode: 'think',
  read_file: 'read',
  read_many_files: 'read',
  edit: 'edit',
  replace: 'edit',
  write_file: 'edit',
  run_shell_command: 'execute',
  shell: 'execute',
  glob: 'search',
  grep_search: 'search',
  search_file_content: 'search',
  list_directory: 'search',
  web_fetch: 'fetch',
  google_web_search: 'fetch',
  web_search: 'fetch',
  todo_write: 'think',
  save_memory: 'think',
};

/** Models make names up: `constructor` is none of ours. */
export const kindOfTool = (name: string): ToolKind => (Object.hasOwn(KINDS, name) ? KINDS[name] : undefined) ?? 'other';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** A field of a tool's input, when it is a text. */
export function textIn(input: unknown, ...names: readonly string[]): string | null {
  if (!isFields(input)) return null;
  for (const name of names) if (typeof input[name] === 'string') return input[name];
  return null;
}

export const commandOf = (input: unknown): string | null => textIn(input, 'command', 'cmd');
export const pathOf = (input: unknown): string | null => pathsOf(input)[0] ?? null;

/** Every path that the input names: tools of other vendors differ in which of them counts. */
export const pathsOf = (input: unknown): readonly string[] => [
  ...new Set(PATH_FIELDS.flatMap((name) => textIn(input, name) ?? [])),
];

const PATH_FIELDS = ['file_path', 'filePath', 'filepath', 'path', 'absolute_path', 'notebook_path'];

/** Where a command runs, when the input says so. */
export const folderOf = (input: unknown): string | null => textIn(input, 'directory', 'dir_path', 'cwd', 'workdir');

/** One line that tells a person what the tool does. */
export const titleOf = (name: string, input: unknown): string =>
  commandOf(input) ?? pathOf(input) ?? textIn(input, 'pattern', 'query', 'url', 'description') ?? name;
