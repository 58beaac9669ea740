import type { ToolStatus } from '../../../../../contract/activity.ts';

/** `exec` writes `in_progress` where the app-server writes `inProgress`. */
const STATUSES: ReadonlyMap<string, ToolStatus> = new Map([
  ['in_progress', 'running'],
  ['inProgress', 'running'],
  ['completed', 'completed'],
  ['failed', 'failed'],
  ['declined', 'denied'],
]);

export const statusOf = (word: string | null | undefined, otherwise: ToolStatus): ToolStatus =>
  STATUSES.get(word ?? '') ?? otherwise;

export const changeOf = (word: string): 'add' | 'update' | 'delete' =>
  word === 'add' || word === 'delete' ? word : 'update';

/** What a tool was given, as the activity tells it: a text as it is, anything else as JSON. */
export const inputText = (input: unknown): string =>
  typeof input === 'string' ? input : JSON.stringify(input ?? null);
