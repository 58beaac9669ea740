import { viewOf } from '../../../contract/client/document.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import type { JsonObject } from '../../../contract/client/json-value.ts';
import { type NewRun, startRun, submitStep } from '../../../contract/client/run-routes.ts';
import { waitForStep } from '../../../contract/client/step-routes.ts';
import { successOf } from '../../support/success-of.ts';

/** Who opens runs and submits tasks, from outside of the browser. */
export interface Planner {
  open(runId: string, more?: Partial<NewRun>): Promise<void>;
  /** Gives the id of the step. */
  submit(runId: string, task: JsonObject): Promise<string>;
  /** Resolves with the step's state when it has ended, or waits for somebody. */
  settled(stepId: string): Promise<string>;
}

const NEW_RUN = { projectId: 'web-shop', conversationId: '', plannerId: '', executorId: '', closeWhenIdle: false };

export const plannerOf = (connection: Connection): Planner => ({
  open: async (id, more = {}) => void successOf(await viewOf(startRun(connection, { id, ...NEW_RUN, ...more }))),
  submit: async (runId, task) => successOf(await viewOf(submitStep(connection, runId, task))).id,
  settled: async (stepId) => successOf(await viewOf(waitForStep(connection, stepId, { timeoutMs: 30_000 }))).state,
});

/** A task of shell commands. */
export const commands = (title: string, runs: readonly string[], more: JsonObject = {}): JsonObject => ({
  version: 'v1',
  title,
  goal: title,
  adapter_profile: 'command',
  recipe: { steps: runs.map((run) => ({ run })) },
  ...more,
});

/** Goes on until the file is there. */
export const untilFile = (path: string): string => `until test -e '${path}'; do sleep 0.05; done`;

/** Touches a dependency file, which the built-in policy puts a gate before. */
export const gatedTask = (title: string): JsonObject =>
  commands(title, [`printf '{ "name": "web-shop", "scripts": { "test": "true" } }\\n' > package.json`]);
