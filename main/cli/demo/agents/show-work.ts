import { setTimeout as sleep } from 'node:timers/promises';
import { openActivity } from '../../../../contract/client/activity-routes.ts';
import { clientActivity } from '../../../../contract/client/client-activity.ts';
import type { Connection } from '../../../../contract/client/http-types.ts';
import { parseJson } from '../../../../contract/client/json-value.ts';
import { readFields } from '../../../../contract/client/read-fields.ts';
import { createActivityText } from '../../activity-text.ts';
import { newestAttempt } from '../../follow-log.ts';
import { linesOf } from '../../show-activity.ts';
import type { Terminal } from '../../terminal.ts';

export interface WatchedWork {
  readonly connection: Connection;
  readonly stepId: string;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

const LOOK_EVERY_MS = 50;

/** Prints what the agent does while it does it, until it has ended or the signal says enough. Never rejects. */
export async function showWork(watched: WatchedWork): Promise<void> {
  try {
    await showActivities(watched, await startedAttempt(watched));
  } catch {
    // The daemon went away or somebody pressed Ctrl-C: whoever waits for the step itself tells it.
  }
}

async function startedAttempt({ connection, stepId, signal }: WatchedWork): Promise<string> {
  for (;;) {
    const id = await newestAttempt(connection, stepId);
    if (id !== undefined) return id;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function showActivities({ connection, terminal, signal }: WatchedWork, attemptId: string): Promise<void> {
  const reply = await openActivity(connection, { kind: 'attempt', id: attemptId }, { isFollowing: true, signal });
  if (!reply.ok) return;
  const text = createActivityText(terminal.errScreen, { isLive: true });
  for await (const line of linesOf(reply.value.body ?? [])) {
    const json = parseJson(line);
    const activity = json.ok ? readFields(json.value, clientActivity) : json;
    if (activity.ok) terminal.err(text.tell(activity.value));
  }
  terminal.err(text.end());
}
