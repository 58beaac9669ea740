/** One of the ways in which a task reaches the daemon. */
export interface SmokeInput {
  readonly name: string;
  /** What follows `submit <runID>`; `{file}` stands for the path of the file. */
  readonly args: readonly string[];
  /** The file that is written before, if the input has one. Its name is one that careless scripts trip over. */
  readonly file: string | null;
  /** What is in the file or on standard input, or is the goal itself. */
  readonly text: string;
  readonly onStdin: boolean;
  /** The file that the task makes; null where the task is only a goal. */
  readonly makes: string | null;
}

const DIRECT = ['--adapter', 'simulation', '--validation', 'git --version'];

const specOf = (makes: string) => ({
  version: 'v1',
  title: `Smoke: ${makes}`,
  goal: `Write ${makes}.`,
  adapter_profile: 'simulation',
  timeout_seconds: 60,
  validations: [{ name: 'git is there', command: 'git --version' }],
  simulation: { edits: [{ action: 'write', path: makes, content: 'smoke\n' }] },
});

const jsonOf = (makes: string): string => `${JSON.stringify(specOf(makes), null, 2)}\n`;

const YAML = `# A comment, so that nobody takes this for JSON.
version: v1
title: "Smoke: a task file in YAML"
goal: |
  Write smoke-yaml.txt.
  Two lines, and a "quote".
adapter_profile: simulation
timeout_seconds: 60
validations:
  - name: git is there
    command: git --version
simulation:
  edits:
    - { action: write, path: smoke-yaml.txt, content: "smoke\\n" }
`;

const TEXT = 'Say "hello" to <everybody> & their $HOME; use `backticks`, ünïcödé and a \\backslash.\n';

export const INPUTS: readonly SmokeInput[] = [
  {
    name: 'task file, YAML',
    args: ['{file}'],
    file: 'a task file.yaml',
    text: YAML,
    onStdin: false,
    makes: 'smoke-yaml.txt',
  },
  {
    name: 'task file, JSON',
    args: ['{file}'],
    file: '-task file.json',
    text: jsonOf('smoke-file.txt'),
    onStdin: false,
    makes: 'smoke-file.txt',
  },
  {
    name: '--task-json -',
    args: ['--task-json', '-'],
    file: null,
    text: jsonOf('smoke-json.txt'),
    onStdin: true,
    makes: 'smoke-json.txt',
  },
  {
    name: '--prompt-file',
    args: ['--prompt-file', '{file}', ...DIRECT],
    file: "what's to do.md",
    text: `# To do\n\n${TEXT}`,
    onStdin: false,
    makes: null,
  },
  { name: '--goal', args: ['--goal', TEXT, ...DIRECT], file: null, text: TEXT, onStdin: false, makes: null },
  { name: '--stdin', args: ['--stdin', ...DIRECT], file: null, text: TEXT, onStdin: true, makes: null },
];
