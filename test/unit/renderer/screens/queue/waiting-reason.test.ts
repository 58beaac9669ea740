import { expect, test } from 'vitest';
import type { ClientWaiting } from '../../../../../contract/client/client-queue.ts';
import { waitingReason } from '../../../../../renderer/screens/queue/waiting-reason.ts';

const why = (fields: Partial<ClientWaiting>): string =>
  waitingReason(
    {
      stepId: 's',
      runId: 'r',
      title: 's',
      executor: 'codex',
      priority: 0,
      attemptsUsed: 0,
      statusReason: '',
      enqueuedAtMs: 0,
      notBeforeMs: null,
      blockedBy: '',
      gates: [],
      ...fields,
    },
    1000,
  );

test('why a step waits is told in words, also those of a newer daemon', () => {
  expect(why({})).toBe('Starts next');
  expect(why({ blockedBy: 'slot' })).toBe('Waits for a free slot');
  expect(why({ blockedBy: 'run' })).toBe('Its run is not open');
  expect(why({ blockedBy: 'gate' })).toBe('Its run is paused for a gate');
  expect(why({ blockedBy: 'gate', gates: ['g'] })).toBe('Waits for 1 gate of its own');
  expect(why({ blockedBy: 'not_before', notBeforeMs: 41_000 })).toBe('Starts in 40 s');
  expect(why({ blockedBy: 'not_before', notBeforeMs: 1000 })).toBe('Its time has come');
  expect(why({ blockedBy: 'not_before', notBeforeMs: 90_000_000 })).toMatch(/^Starts .*, \d\d:\d\d$/);
  expect(why({ blockedBy: 'quota' })).toBe('Waits for quota');
});
