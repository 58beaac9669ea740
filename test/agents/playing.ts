import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import type { TaskResult } from '../support/task-client.ts';
import { markedProcesses } from './marked-processes.ts';
import type { Play } from './profiles.ts';
import type { Stage } from './stage.ts';
import { isAvailable } from './transports.ts';

export const CONTENT = 'Written by the scripted model.\n';
const FILE = 'hello.txt';
const GOAL = `Create the file ${FILE}. WRITE_FILE=${FILE}`;
const PATIENCE_MS = 280_000;

const PermissionGate = z.looseObject({
  id: z.string(),
  kind: z.literal('permission'),
  state: z.string(),
  subject_digest: z.string(),
  attempt_id: z.string(),
  request: z.looseObject({
    tool: z.string(),
    title: z.string(),
    command: z.string().nullable(),
    paths: z.array(z.string()),
    diff: z.string().nullable(),
    input: z.string(),
  }),
});
export type PermissionGate = z.infer<typeof PermissionGate>;

/** Lists leave out what was asked once it is answered. */
const ListedGate = PermissionGate.omit({ request: true });

const Attempt = z.looseObject({
  id: z.string(),
  state: z.string(),
  failure_class: z.string().nullable(),
  worktree_path: z.string(),
  pid: z.number().nullable(),
  executor_session: z.string().nullable(),
  invocation: z
    .looseObject({
      argv: z.array(z.string()),
      program: z.string(),
      version: z.string().nullable(),
      profile: z.string(),
    })
    .nullable(),
});

export interface PlayOrder {
  readonly runId: string;
  readonly play: Play;
  readonly goal?: string;
  readonly task?: Readonly<Record<string, unknown>>;
}

export type Playing = Awaited<ReturnType<typeof playing>>;

/** One task that an agent was given, and what a test asks of it. */
export async function playing(stage: Stage, { runId, play, goal = GOAL, task = {} }: PlayOrder) {
  const { client, repository } = stage;
  const { id: stepId } = await client.submit(runId, { goal, adapter_profile: play.name, ...task });
  const folder = stage.folderOf(play);

  const attempts = async () => {
    const { json } = await stage.request('GET', `/api/v1/steps/${stepId}/attempts`);
    return z.array(Attempt).parse(json ?? []);
  };
  const gates = async () => {
    const { json } = await stage.request('GET', `/api/v1/gates?step=${stepId}`);
    return z.array(ListedGate).parse(json ?? []);
  };
  const show = async () => {
    const result = await client.result(stepId);
    const log = (name: string) => readFileSync(result.artifacts?.[name] ?? '/dev/null', 'utf8').slice(-3000);
    return `${JSON.stringify(result)}\n--- stdout\n${log('stdout.log')}\n--- stderr\n${log('stderr.log')}`;
  };
  return {
    stepId,
    folder,
    attempts,
    gates,
    show,
    /** Of the newest attempt; a folder that is nowhere as long as there is none. */
    worktree: async () => (await attempts()).at(-1)?.worktree_path ?? '/nowhere',

    async settled(): Promise<TaskResult> {
      await client.wait(stepId, PATIENCE_MS);
      return client.result(stepId);
    },

    /** The one question that waits for a person. */
    async asked(): Promise<PermissionGate> {
      await client.wait(stepId, PATIENCE_MS);
      const [gate, ...more] = (await gates()).filter(({ state }) => state === 'pending');
      if (gate === undefined) throw new Error(`nobody was asked: ${await show()}`);
      expect(more).toEqual([]);
      return PermissionGate.parse((await stage.request('GET', `/api/v1/gates/${gate.id}`)).json);
    },

    /** The agent waits with its work, and a person sees all of it. */
    async expectWaiting(gate: PermissionGate): Promise<void> {
      expect((await client.step(stepId)).state).toBe('needs_approval');
      const [attempt] = await attempts();
      expect(existsSync(join(attempt?.worktree_path ?? '', FILE))).toBe(false);
      const { tool, paths, command, diff, input } = gate.request;
      expect(tool).not.toBe('');
      expect(`${paths.join()} ${command}`).toContain(FILE);
      expect(`${diff} ${input} ${command}`).toContain(CONTENT.trim());
      const shown = (await stage.cli('gate', 'show', gate.id)).stdout;
      for (const part of [gate.subject_digest, tool, CONTENT.trim(), FILE]) expect(shown).toContain(part);
      const told = markedProcesses(folder).map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      expect(told).not.toEqual([]);
      expect(told.join()).not.toContain('WRITE_FILE');
    },

    /** The file in what is kept of the attempt. */
    kept({ salvage }: TaskResult): string {
      const [ref] = salvage?.refs ?? [];
      expect(ref?.name).toMatch(/^refs\/codencer\//);
      expect(repository.git('rev-parse', `${ref?.name}`).trim()).toBe(ref?.commit);
      return repository.git('show', `${ref?.name}:${FILE}`);
    },

    expectUsage({ usage }: TaskResult): void {
      const told = play.transport.usage;
      if (!isAvailable(told)) return expect(usage).toBeNull();
      expect(usage).toMatchObject({ basis: expect.any(String), cost_usd: told.hasCost ? expect.any(Number) : null });
      const { input_tokens, output_tokens } = z
        .looseObject({ input_tokens: z.int(), output_tokens: z.int() })
        .parse(usage);
      expect([input_tokens > 0, output_tokens > 0]).toEqual([true, true]);
    },

    /** How it was run and what it did is in the record. */
    async expectTraces({ artifacts, attempt_id }: TaskResult): Promise<void> {
      const [attempt] = await attempts();
      expect(attempt).toMatchObject({ id: attempt_id, executor_session: expect.stringMatching(/./) });
      expect(attempt?.invocation).toMatchObject({
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        profile: play.name,
      });
      const argv = attempt?.invocation?.argv.join(' ') ?? '';
      expect(argv).not.toMatch(/WRITE_FILE|scripted-key/);
      expect(argv.startsWith(attempt?.invocation?.program ?? '-')).toBe(true);
      const read = (name: string) => readFileSync(artifacts?.[name] ?? `/no ${name}`, 'utf8');
      expect(JSON.parse(read('invocation.json'))).toEqual(attempt?.invocation);
      expect(read('prompt.txt')).toContain('WRITE_FILE');
      expect(read('transcript.md')).toContain('Done: hello.txt is written.');
      const activity = read('activity.jsonl').trim().split('\n');
      expect(activity.map((line) => z.looseObject({ kind: z.string() }).parse(JSON.parse(line)).kind)).toEqual(
        expect.arrayContaining(['session', 'tool_call']),
      );
      for (const name of ['stdout.log', 'stderr.log', 'activity.jsonl', 'transcript.md']) {
        expect(read(name)).not.toContain('scripted-key');
      }
    },

    /** No process, no temporary file, and a live checkout as it was. */
    expectNothingLeft(): void {
      expect(markedProcesses(folder)).toEqual([]);
      const { leftovers } = play.transport;
      const left = readdirSync(join(folder, 'tmp')).filter((name) => !leftovers.some((known) => known.test(name)));
      expect(left).toEqual([]);
      expect(repository.git('--no-optional-locks', 'status', '--porcelain')).toBe('');
      expect(repository.git('rev-parse', 'HEAD').trim()).toBe(stage.head);
      expect(readdirSync(repository.root).toSorted()).toEqual(['.codencer', '.git', 'README.md']);
    },
  };
}
