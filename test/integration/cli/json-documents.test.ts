import { describe, expect, it } from 'vitest';
import { AttemptId, artifactIdOf } from '../../../contract/ids.ts';
import { COMMAND_DOCUMENTS, LINE_DOCUMENTS } from '../../schemas/schema-table.ts';
import { commandPath } from '../../schemas/write-schema.ts';
import { commandTask, createCliRepository } from '../../support/cli-repository.ts';
import { runCli } from '../../support/run-cli.ts';
import { createSchemaJudge } from '../../support/schema-judge.ts';

const judge = createSchemaJudge();
const judged = new Set<string>();

/** Finds the document of a command, or says what is wrong with it. */
function judgeOutput(command: string, stdout: string): void {
  const isLines = command in LINE_DOCUMENTS;
  const documents = isLines ? stdout.trimEnd().split('\n') : [stdout];
  for (const document of documents) {
    expect(judge(commandPath(command), JSON.parse(document)), `${command}: ${document}`).toBeNull();
  }
  judged.add(command);
}

interface Line {
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly exitCode?: number;
  /** Its row in the table, when that is not the name of the command. */
  readonly as?: string;
  /** Goes on while the next ones have their say. */
  readonly isWatching?: true;
}

const line = (text: string, more: Omit<Line, 'args'> = {}): Line => ({ args: text.split(' '), ...more });
const task = (id: string, run: string): string => commandTask([run], { step_id: id });
const submit = (id: string, run: string, flags = ''): Line =>
  line(`submit r --task-json -${flags}`, { stdin: task(id, run), as: flags === '' ? 'submit' : 'submit --wait' });

const STDOUT = artifactIdOf(AttemptId.parse('good-a1'), 'stdout.log');

/** A story in which every command has its say. */
const STORY: readonly Line[] = [
  line('run start r shop'),
  line('run watch r', { isWatching: true, exitCode: 4 }),
  submit('good', 'echo said; echo 1 > made.txt'),
  line('step wait good'),
  { ...submit('asks', 'echo "{}" > package.json', ' --wait'), exitCode: 4 },
  line('gate list --state pending'),
  line('gate show gate-asks-a1'),
  line('gate approve gate-asks-a1'),
  { ...submit('asks-more', 'echo "[]" > package.json', ' --wait'), exitCode: 4 },
  line('gate reject gate-asks-more-a1 --reason no'),
  { ...submit('bad', 'exit 7', ' --wait'), exitCode: 2 },
  line('step retry bad'),
  line('step wait bad', { exitCode: 2 }),
  { args: ['step', 'resolve', 'bad', '--as', 'completed', '--reason', 'seven is fine'] },
  submit('slow', 'sleep 60'),
  line('step watch slow', { isWatching: true, exitCode: 4 }),
  line('queue'),
  line('run tree r'),
  line('run state r'),
  line('run list'),
  line('step cancel slow --reason late'),
  line('run complete r'),
  line('run wait r'),
  line('run start other'),
  line('run abort other'),
  ...[
    'list r',
    'state good',
    'result good',
    'logs good',
    'artifacts good',
    'validations good',
    'diff good',
    'open good',
  ].map((words) => line(`step ${words}`)),
  line('attempt list good'),
  line('attempt show good-a1'),
  line('attempt log good-a1'),
  line('artifact list good'),
  line(`artifact cat ${STDOUT}`),
  line(`artifact save ${STDOUT} saved.log`),
  line('salvage list'),
  line('salvage show good-a1'),
  line('salvage restore good-a1'),
  line('salvage restore good-a1 --into restored', { as: 'salvage restore --into' }),
  line('salvage release good-a1 --yes'),
  line('events'),
  line('audit verify'),
  line('executor list'),
  line('executor show codex'),
  line('executor probe command'),
  line('antigravity list'),
  line('antigravity status'),
  line('antigravity unbind'),
  line('completion bash'),
  line('config list'),
  line('config get port'),
  line('config set slots 3'),
  line('instance'),
  line('doctor'),
  line('version'),
];

/** Commands that cannot succeed here, each with the reason. */
const NEVER: Readonly<Record<string, string>> = {
  'antigravity bind': 'nothing can be bound to this daemon',
  'step activity': 'no agent works here',
  'attempt activity': 'no agent works here',
};

const commandOf = ({ args: [first = '', second = ''] }: Line): string =>
  `${first} ${second}` in COMMAND_DOCUMENTS || `${first} ${second}` in LINE_DOCUMENTS ? `${first} ${second}` : first;

/** What a page does with a link. Answers the id of its token. */
async function tokenFor(url: string): Promise<string> {
  const { origin, hash } = new URL(url);
  const body = JSON.stringify({ code: hash.replace('#link=', '') });
  const answer: { readonly token_id: string } = JSON.parse(
    await (await fetch(`${origin}/api/v1/links/exchange`, { method: 'POST', body })).text(),
  );
  return answer.token_id;
}

describe('what --json prints', { timeout: 180_000 }, () => {
  it('CLI-1: every document of every command is as its schema says', async () => {
    const { root, repository, cli } = createCliRepository();
    repository.write('codencer.json', '{}\n');
    judgeOutput('up', (await cli('up', '--port', '0', '--config', 'codencer.json', '--json')).stdout);
    const env = { PATH: process.env['PATH'] ?? '', HOME: root };
    const play = async (one: Line): Promise<void> => {
      const run = await runCli([...one.args, '--json'], { cwd: root, env, stdin: one.stdin ?? '' });
      expect(run.exitCode, `${one.args.join(' ')}: ${run.stdout}${run.stderr}`).toBe(one.exitCode ?? 0);
      judgeOutput(one.as ?? commandOf(one), run.stdout);
    };
    const watching: Promise<void>[] = [];
    for (const one of STORY) {
      const played = play(one);
      if (one.isWatching) watching.push(played);
      else await played;
    }
    await Promise.all(watching);
    const opened = await cli('open', '--print', '--json');
    judgeOutput('open', opened.stdout);
    await play(line(`token revoke ${await tokenFor(JSON.parse(opened.stdout).url)}`));
    await play(line('token list'));
    judgeOutput('down', (await cli('down', '--json')).stdout);
    judgeOutput('down', (await cli('down', '--json')).stdout);
    const all = [...Object.keys(COMMAND_DOCUMENTS), ...Object.keys(LINE_DOCUMENTS)];
    expect(all.filter((command) => !judged.has(command))).toEqual(Object.keys(NEVER));
  });

  it.each(['step state nope', 'step nope', 'run start --what', 'submit r', 'artifact cat nope'])(
    'CLI-2: the failure of %s is as its schema says',
    async (text) => {
      const failed = await runCli([...text.split(' '), '--json'], { env: { ORCHESTRATORD_URL: 'http://127.0.0.1:9' } });
      expect(failed.exitCode).not.toBe(0);
      expect(judge('error.json', JSON.parse(failed.stdout)), failed.stdout).toBeNull();
    },
  );
});
