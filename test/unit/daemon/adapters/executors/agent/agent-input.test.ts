import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ExecutorLimits } from '../../../../../../contract/executor-profile.ts';
import { createInput, MAX_UNREAD_BYTES } from '../../../../../../main/daemon/adapters/executors/agent/agent-input.ts';
import { createTracker } from '../../../../../../main/daemon/adapters/executors/agent/tracker.ts';
import type { Trip } from '../../../../../../main/daemon/adapters/executors/agent/watchdogs.ts';
import type { AskPermission } from '../../../../../../main/daemon/adapters/executors/executor.ts';

const askPermission: AskPermission = async () => ({ answer: 'cancelled' });
const TASK = { onActivity: () => undefined, askPermission, resumeSession: null };
const ANSWER = 'x'.repeat(1024 * 1024);

describe('AGENT-22: an agent that reads nothing of what it is told', () => {
  it('holds a bounded amount of memory, and is ended', () => {
    const trips: Trip[] = [];
    const tracker = createTracker({
      task: TASK,
      limits: ExecutorLimits.parse({ idleSeconds: null }),
      onTrip: (trip) => trips.push(trip),
      onFinish: () => undefined,
    });
    const deaf = new Writable({ write: () => undefined });
    const input = createInput(deaf, tracker.unread);
    for (let told = 0; told < 100; told += 1) input.write(ANSWER);
    expect(deaf.writableLength).toBeLessThanOrEqual(MAX_UNREAD_BYTES + ANSWER.length);
    expect(trips).toEqual([
      {
        failureClass: 'input_unread',
        summary: 'The agent does not read what it is told: more than 8 MiB wait for it',
      },
    ]);
  });

  it('is no agent that gets one long text, or that reads', async () => {
    let unread = 0;
    const deaf = createInput(new Writable({ write: () => undefined }), () => (unread += 1));
    deaf.write(ANSWER.repeat(20));
    const reader = new Writable({ write: (_chunk, _encoding, done) => setImmediate(done) });
    const input = createInput(reader, () => (unread += 1));
    for (let told = 0; told < 20; told += 1) {
      input.write(ANSWER);
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
    createInput(null, () => (unread += 1)).write('nobody');
    expect(unread).toBe(0);
  });
});
