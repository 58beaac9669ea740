import { z } from 'zod';
import type { TestDaemon } from './test-daemon.ts';

const Step = z.looseObject({ id: z.string(), state: z.string(), status_reason: z.string().optional() });
const ValidationRow = z.looseObject({ name: z.string(), state: z.string(), exit_code: z.number() });
const Result = z.looseObject({
  state: z.string(),
  attempt_id: z.string(),
  summary: z.string(),
  files_changed: z.array(z.string()).nullable(),
  warnings: z.array(z.string()).nullable(),
  questions: z.array(z.string()).nullable(),
  validations: z.array(ValidationRow).nullable(),
  artifacts: z.record(z.string(), z.string()).nullable(),
  failure_class: z.string().nullish(),
  exit_code: z.number().nullish(),
  is_simulation: z.boolean(),
  session: z.string().nullish(),
  usage: z
    .looseObject({
      input_tokens: z.int(),
      output_tokens: z.int(),
      cost_usd: z.number().nullable(),
      basis: z.string(),
    })
    .nullish(),
  salvage: z
    .looseObject({
      refs: z.array(z.looseObject({ name: z.string(), commit: z.string() })),
      kept_worktree: z.string().nullish(),
    })
    .nullish(),
});
export type TaskResult = z.infer<typeof Result>;
const Gate = z.looseObject({
  id: z.string(),
  state: z.string(),
  subject_digest: z.string(),
  reason: z.string().optional(),
});

/** What a planner does, in a line each. */
export function createTaskClient(daemon: Pick<TestDaemon, 'request' | 'output'>) {
  const must = async (method: string, path: string, body?: unknown) => {
    const answer = await daemon.request(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}\n${daemon.output()}`);
    return answer.json;
  };
  const client = {
    startRun: async (id: string, more: Readonly<Record<string, unknown>> = {}) => {
      await must('POST', '/api/v1/runs', { id, ...more });
    },
    submit: async (runId: string, task: Readonly<Record<string, unknown>>) =>
      Step.parse(await must('POST', `/api/v1/runs/${runId}/steps`, { version: 'v1', goal: 'test', ...task })),
    step: async (stepId: string) => Step.parse(await must('GET', `/api/v1/steps/${stepId}`)),
    runState: async (runId: string) =>
      z.looseObject({ state: z.string() }).parse(await must('GET', `/api/v1/runs/${runId}`)).state,
    result: async (stepId: string) => Result.parse(await must('GET', `/api/v1/steps/${stepId}/result`)),
    wait: async (stepId: string, timeoutMs = 20_000) =>
      must('POST', `/api/v1/steps/${stepId}/wait`, { timeout_ms: timeoutMs }),
    gates: async (stepId: string) => z.array(Gate).parse((await must('GET', `/api/v1/gates?step=${stepId}`)) ?? []),
    /** Submits, waits until the step has settled and reads its result. */
    run: async (runId: string, task: Readonly<Record<string, unknown>>) => {
      const step = await client.submit(runId, task);
      await client.wait(step.id);
      return client.result(step.id);
    },
  };
  return client;
}

export const command = (...commands: readonly string[]) => ({
  adapter_profile: 'command',
  recipe: { steps: commands.map((run) => ({ run })) },
});
