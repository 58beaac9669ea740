import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { TaskResult } from '../support/task-client.ts';
import type { Play } from './profiles.ts';
import type { Stage } from './stage.ts';

export const CONTENT = 'Written by the scripted model.\n';
export const FILE = 'hello.txt';
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
}

/** One task that an agent was given, and how a test follows it. */
export interface Playing {
  readonly stage: Stage;
  readonly play: Play;
  readonly stepId: string;
  /** Where the agent has its home and its temporary files. */
  readonly folder: string;
  readonly attempts: () => Promise<readonly z.infer<typeof Attempt>[]>;
  readonly gates: () => Promise<readonly z.infer<typeof ListedGate>[]>;
  /** Of the newest attempt; a folder that is nowhere as long as there is none. */
  readonly worktree: () => Promise<string>;
  /** Waits until the step has ended or needs a person. */
  readonly settled: () => Promise<TaskResult>;
  /** Waits for the one question that is for a person. */
  readonly asked: () => Promise<PermissionGate>;
  /** The file in what is kept of the attempt. */
  readonly kept: (result: TaskResult) => string;
}

/** Submits the task. */
export async function playing(stage: Stage, { runId, play, goal = GOAL }: PlayOrder): Promise<Playing> {
  const { client, repository } = stage;
  const { id: stepId } = await client.submit(runId, { goal, adapter_profile: play.name });
  const read = async (path: string) => (await stage.request('GET', path)).json ?? [];
  const attempts = async () => z.array(Attempt).parse(await read(`/api/v1/steps/${stepId}/attempts`));
  const gates = async () => z.array(ListedGate).parse(await read(`/api/v1/gates?step=${stepId}`));
  const settled = async () => {
    await client.wait(stepId, PATIENCE_MS);
    return client.result(stepId);
  };
  return {
    stage,
    play,
    stepId,
    folder: stage.folderOf(play),
    attempts,
    gates,
    worktree: async () => (await attempts()).at(-1)?.worktree_path ?? '/nowhere',
    settled,
    async asked() {
      const result = await settled();
      const pending = (await gates()).filter(({ state }) => state === 'pending');
      const [gate] = pending;
      if (gate === undefined || pending.length > 1) throw new Error(`asked ${pending.length} times: ${logsOf(result)}`);
      return PermissionGate.parse(await read(`/api/v1/gates/${gate.id}`));
    },
    kept: ({ salvage }) => repository.git('show', `${salvage?.refs[0]?.name}:${FILE}`),
  };
}

/** What an agent said at its end, for whoever looks at a test that failed. */
function logsOf(result: TaskResult): string {
  const end = (name: string) => readFileSync(result.artifacts?.[name] ?? '/dev/null', 'utf8').slice(-3000);
  return [JSON.stringify(result), end('stdout.log'), end('stderr.log')].join('\n');
}
