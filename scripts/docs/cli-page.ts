import { RUN_STATES } from '../../contract/run-state.ts';
import { STEP_STATES } from '../../contract/step-state.ts';
import type { CliContext } from '../../main/cli/cli-context.ts';
import type { CommandRow, CommandSection } from '../../main/cli/command-section.ts';
import { ALIASES, PLURALS, SECTIONS } from '../../main/cli/command-table.ts';
import type { RunnableCommand } from '../../main/cli/define-command.ts';
import { FLAG_MEANINGS } from '../../main/cli/flag-meanings.ts';
import { flagToken } from '../../main/cli/flags.ts';
import { runExit, stepExit } from '../../main/cli/state-exits.ts';
import { code, codes, fenced, fillIn, sentence, table } from './markdown.ts';

/** Every command with its usage, as its own `--help` says it. */
export async function cliPage(intro: string): Promise<string> {
  const sections = await Promise.all(SECTIONS.map(describeSection));
  return fillIn(intro, {
    waits: table(['exit', 'a step is', 'a run is'], waitRows()),
    aliases: table(['also', 'means'], aliasRows()),
    commands: sections.join('\n\n'),
    flags: table(['flag', 'what it does', 'of'], await flagRows()),
  });
}

function waitRows(): readonly (readonly string[])[] {
  const exits = new Set([...STEP_STATES.map(stepExit), ...RUN_STATES.map(runExit)]);
  return [...exits]
    .filter((exit) => exit !== null)
    .toSorted((one, other) => one - other)
    .map((exit) => [
      String(exit),
      codes(STEP_STATES.filter((state) => stepExit(state) === exit)),
      codes(RUN_STATES.filter((state) => runExit(state) === exit)),
    ]);
}

const aliasRows = (): readonly (readonly string[])[] => [
  ...Object.entries(ALIASES).map(([alias, words]) => [code(alias), code(words)]),
  ...[...PLURALS].map(([plural, group]) => [
    code(plural),
    `${code(`${group} list`)}; before another word ${code(group)}`,
  ]),
];

async function describeSection({ title, rows }: CommandSection): Promise<string> {
  const commands = await Promise.all(rows.map(describeCommand));
  return [`## ${title}`, ...commands].join('\n\n');
}

async function describeCommand(row: CommandRow): Promise<string> {
  const { command } = await row.load();
  const exits = row.exits === undefined ? [] : [`Exits ${sentence(row.exits)}`];
  return [`### codencer ${row.words}`, sentence(row.summary), fenced(await helpOf(command)), ...exits].join('\n\n');
}

/** What `--help` prints. */
async function helpOf(command: RunnableCommand): Promise<string> {
  const printed: string[] = [];
  await command(contextThatKeeps(printed), ['--help']);
  return printed.join('').replace(/^Usage: /, '');
}

const NO_SCREEN = { size: () => null, hasColor: false };

const contextThatKeeps = (printed: string[]): CliContext => ({
  programName: 'codencer',
  entryPath: '',
  env: {},
  cwd: '/',
  terminal: {
    out: (text) => printed.push(text),
    err: (text) => printed.push(text),
    outBytes: async () => undefined,
    outScreen: NO_SCREEN,
    errScreen: NO_SCREEN,
  },
  readStdin: async () => new Uint8Array(),
  confirm: null,
  keyboard: null,
  interruptible: (work) => work(new AbortController().signal),
});

async function flagRows(): Promise<readonly (readonly string[])[]> {
  const users = new Map<string, string[]>();
  for (const { words, load } of SECTIONS.flatMap(({ rows }) => rows)) {
    const { command } = await load();
    for (const name of Object.keys(command.flags)) users.set(name, [...(users.get(name) ?? []), words]);
  }
  return [...users]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([name, commands]) => [
      code(flagToken(name)),
      meaningOf(name),
      name === 'json' ? 'every command' : codes(commands),
    ]);
}

function meaningOf(name: string): string {
  const meaning = FLAG_MEANINGS[name];
  if (meaning === undefined) throw new Error(`main/cli/flag-meanings.ts does not say what ${flagToken(name)} does`);
  return meaning;
}
