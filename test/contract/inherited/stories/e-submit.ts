import { type Case, type CliCase, SAME } from '../case.ts';
import { CHECKED_TASK } from './labels.ts';

const ONE_SOURCE =
  'submit requires exactly one primary input source: positional task file, --task-json, --prompt-file, --goal, or --stdin';
const DIRECT_ONLY =
  'direct metadata flags (--title, --context, --adapter, --timeout, --policy, --acceptance, --validation) ' +
  'are only supported with --prompt-file, --goal, or --stdin';

/** A submit that never reaches the daemon. */
const refusedHere = (
  [id, name]: readonly [string, string],
  argv: readonly string[],
  [error, message]: readonly [string, string | RegExp],
): CliCase => ({
  id,
  name,
  label: SAME,
  argv,
  exit: 1,
  shape: 'Failure',
  values: { error, message, status: undefined },
  err: '',
});

const INPUT = 'invalid submit input';
const PREPARING = 'preparing task submission';
const OVERVIEW = [
  /^Usage: orchestratorctl <command> \[args\]$/m,
  'run start',
  'submit',
  'step wait',
  'gate approve',
  'doctor',
];

const UNKNOWN_ADAPTER: CliCase = {
  id: 'E16',
  name: 'an adapter that there is not',
  label: CHECKED_TASK,
  argv: ['submit', 'day0', '--goal', 'x', '--adapter', 'nosuch', '--wait', '--json'],
  exit: 1,
  shape: 'Failure',
  values: { error: 'request_failed', message: /"nosuch"/, status: 400 },
  err: '',
};

export const SUBMIT_MISTAKES: readonly Case[] = [
  { id: 'E1', name: 'nothing at all', label: SAME, argv: [], exit: 1, out: OVERVIEW, err: '' },
  {
    id: 'E2',
    name: 'a command that there is not',
    label: SAME,
    argv: ['nope'],
    exit: 1,
    out: OVERVIEW,
    err: [/^Unknown command: nope$/m],
  },
  {
    id: 'E3',
    name: 'submit alone',
    label: SAME,
    argv: ['submit'],
    exit: 1,
    out: '',
    err: [/^Usage: orchestratorctl submit <runID>/, '--task-json <path|->', '--prompt-file <path>', '--stdin'],
  },
  refusedHere(['E4', 'submit without a source, --json'], ['submit', 'day0', '--json'], [INPUT, ONE_SOURCE]),
  {
    id: 'E5',
    name: 'submit without a source',
    label: SAME,
    argv: ['submit', 'day0'],
    exit: 1,
    out: '',
    err: [`${INPUT}: ${ONE_SOURCE}\n`],
  },
  refusedHere(
    ['E6', 'submit with two sources'],
    ['submit', 'day0', 'in/task.yaml', '--goal', 'x', '--json'],
    [INPUT, ONE_SOURCE],
  ),
  refusedHere(
    ['E7', 'flags that describe a task, with a whole task'],
    ['submit', 'day0', 'in/task.yaml', '--title', 'T', '--json'],
    [INPUT, DIRECT_ONLY],
  ),
  refusedHere(
    ['E8', 'a flag that there is not'],
    ['submit', 'day0', '--goal', 'x', '--nope', '--json'],
    [INPUT, 'unknown submit flag "--nope"'],
  ),
  refusedHere(
    ['E9', 'a flag without its value'],
    ['submit', 'day0', '--json', '--goal'],
    [INPUT, '--goal requires a value'],
  ),
  refusedHere(
    ['E10', 'a timeout that is no number'],
    ['submit', 'day0', '--goal', 'x', '--timeout', 'abc', '--json'],
    [INPUT, '--timeout expects an integer number of seconds'],
  ),
  refusedHere(
    ['E11', 'an empty goal'],
    ['submit', 'day0', '--goal', '   ', '--json'],
    [PREPARING, 'direct input is empty'],
  ),
  refusedHere(
    ['E12', 'a file that there is not'],
    ['submit', 'day0', 'nofile.yaml', '--json'],
    [PREPARING, 'could not read task spec file: open nofile.yaml: no such file or directory'],
  ),
  refusedHere(
    ['E13', 'a task that is no JSON'],
    ['submit', 'day0', '--task-json', 'in/bad.json', '--json'],
    [PREPARING, /^failed to parse task spec json: /],
  ),
  refusedHere(
    ['E14', 'a task of another run'],
    ['submit', 'day0', '--task-json', 'in/mismatch.json', '--json'],
    [PREPARING, 'task run_id "other" does not match submit run ID "day0"'],
  ),
  refusedHere(
    ['E15', 'a task that is no YAML'],
    ['submit', 'day0', 'in/bad.yaml', '--json'],
    [PREPARING, /^failed to parse task spec yaml\/json: /],
  ),
  UNKNOWN_ADAPTER,
  { ...UNKNOWN_ADAPTER, id: 'E17', name: 'the same again' },
];
