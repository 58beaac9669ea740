import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  type Answer,
  type CliCase,
  type HttpCase,
  isCli,
  isFact,
  isHttp,
  isPlayed,
  isStub,
  type Label,
  type PlayedCase,
  type Story,
} from '../case.ts';
import { shapeProblems, textProblems, valueProblems } from './differences.ts';
import { FACTS } from './facts.ts';
import { fill } from './fill.ts';
import { playStub } from './play-stub.ts';
import { exchange, type RawAnswer } from './raw-http.ts';
import { requestBytes } from './request-bytes.ts';
import { type Stage, setStage } from './stage.ts';

const ONE_COMMAND_MS = 20_000;
const MANY_COMMANDS_MS = 90_000;

/** A story as tests: one daemon, its cases in order, each named with its label. */
export function playStory(story: Story): void {
  describe(`inherited clients, ${story.section}: ${story.title}`, () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await setStage(story);
    });
    afterAll(() => stage.strike());
    for (const item of story.cases.filter(isPlayed)) {
      it(titleOf(item), { timeout: isFact(item) ? MANY_COMMANDS_MS : ONE_COMMAND_MS }, async () => {
        for (const given of item.given ?? []) await stage.prepare(given);
        expect(await play(stage, story, item)).toEqual([]);
      });
    }
  });
}

const titleOf = ({ id, name, label }: PlayedCase): string => `${id} ${name} (${labelName(label)})`;

function labelName(label: Label): string {
  if (label.kind === 'same') return 'same';
  if (label.kind === 'refused') return 'ours to refuse';
  return label.defect === 'unlisted' ? 'fixed' : `fixed: defect ${label.defect}`;
}

/** What is not as the case says; nothing when all is. */
async function play(stage: Stage, story: Story, item: PlayedCase): Promise<readonly string[]> {
  if (isHttp(item)) return playRequest(stage, story, item);
  if (isStub(item)) return playStub(stage, item);
  if (isCli(item)) return playCommand(stage, item);
  if (!isFact(item)) throw new Error(`nothing is known about ${JSON.stringify(item)}`);
  const fact = FACTS.get(item.fact);
  if (fact === undefined) throw new Error(`there is no fact "${item.fact}"`);
  return fact(stage);
}

async function playRequest(stage: Stage, { sentBy = 'curl' }: Story, item: HttpCase): Promise<readonly string[]> {
  const { port } = stage.daemon();
  const problems: string[] = [];
  for (const { request, answer } of [item, ...(item.also ?? [])]) {
    const sent = fill(request, stage.known());
    const found = await exchange(port, requestBytes(sent, { port, sentBy }), sent.method === 'HEAD');
    problems.push(...answerProblems(fill(answer, stage.known()), found));
  }
  return problems;
}

function answerProblems(answer: Answer, found: RawAnswer): readonly string[] {
  const { status, type, exact, line, shape, values, headers = {} } = answer;
  const about = found.status === status ? [] : [`status ${found.status}, not ${status}: ${found.body}`];
  const typed = valueProblems(type, found.headers.get('content-type') ?? null, 'content-type');
  const others = Object.entries(headers).flatMap(([name, value]) =>
    valueProblems(value, found.headers.get(name) ?? null, name),
  );
  const said = [
    ...textProblems('the body', exact, found.body),
    ...(line === undefined ? [] : lineProblems(line, found.body)),
  ];
  const body = shape === undefined ? [] : bodyProblems(found.body, { shape, values, isSorted: false });
  return [...about, ...typed, ...others, ...said, ...body];
}

function lineProblems(line: string | RegExp, body: string): readonly string[] {
  if (!/^[^\n]+\n$/.test(body)) return [`the body is not one line: ${JSON.stringify(body)}`];
  return valueProblems(line, body.slice(0, -1));
}

interface Expected {
  readonly shape: NonNullable<HttpCase['answer']['shape']>;
  readonly values: unknown;
  readonly isSorted: boolean;
}

function bodyProblems(body: string, { shape, values, isSorted }: Expected): readonly string[] {
  if (!body.endsWith('\n')) return [`the body does not end with a newline: ${JSON.stringify(body)}`];
  try {
    const value: unknown = JSON.parse(body);
    const partly = values === undefined ? [] : valueProblems(values, value);
    return [...shapeProblems(shape, value, isSorted), ...partly];
  } catch (error) {
    return [`no JSON document (${String(error)}): ${JSON.stringify(body)}`];
  }
}

async function playCommand(stage: Stage, item: CliCase): Promise<readonly string[]> {
  const { argv, stdin, env, exit, shape, values, out, err } = fill(withoutKeep(item), stage.known());
  const found = await stage.client(argv, {
    ...(stdin === undefined ? {} : { stdin }),
    ...(env === undefined ? {} : { env }),
  });
  keepValues(stage, item, found.stdout);
  return [
    ...(found.exit === exit ? [] : [`exit ${found.exit}, not ${exit}: ${found.stdout}${found.stderr}`]),
    ...(shape === undefined ? [] : bodyProblems(found.stdout, { shape, values, isSorted: true })),
    ...textProblems('stdout', out, found.stdout),
    ...textProblems('stderr', err, found.stderr),
  ];
}

const withoutKeep = ({ keep: _, ...item }: CliCase): CliCase => item;

function keepValues(stage: Stage, { keep = {} }: CliCase, stdout: string): void {
  for (const [name, key] of Object.entries(keep)) {
    const value: unknown = Reflect.get(Object(JSON.parse(stdout)), key);
    if (typeof value !== 'string') throw new Error(`${key} of ${stdout} is no text`);
    stage.keep(name, value);
  }
}
