import { expect, it } from 'vitest';
import type { ClientEvent } from '../../../../contract/client/client-event.ts';
import { EVENT_TYPES } from '../../../../contract/events.ts';
import { readBatch } from '../../../../renderer/live/read-batch.ts';

const event = (fields: Partial<ClientEvent>): ClientEvent => ({
  seq: 1,
  atMs: 1000,
  type: 'step.state_changed',
  actor: 'daemon',
  runId: '',
  stepId: '',
  attemptId: '',
  gateId: '',
  payload: {},
  ...fields,
});

it('takes the newest state of each record', () => {
  const { states } = readBatch([
    event({ seq: 1, stepId: 's', payload: { from: 'pending', to: 'running' } }),
    event({ seq: 2, type: 'run.state_changed', runId: 'r', payload: { to: 'running' } }),
    event({ seq: 3, stepId: 's', payload: { from: 'running', to: 'validating' }, atMs: 2000 }),
    event({ seq: 4, type: 'attempt.ended', attemptId: 'a', payload: { state: 'completed' } }),
  ]);
  expect([...states]).toEqual([
    ['s', { state: 'validating', atMs: 2000, seq: 3 }],
    ['r', { state: 'running', atMs: 1000, seq: 2 }],
    ['a', { state: 'completed', atMs: 1000, seq: 4 }],
  ]);
});

it('says once what is out of date', () => {
  const { stale } = readBatch([
    event({ runId: 'r', stepId: 's' }),
    event({ type: 'gate.opened', runId: 'r', stepId: 's', attemptId: 'a', gateId: 'g' }),
  ]);
  expect(stale).toEqual([
    ['overview'],
    ['run', 'r'],
    ['step', 's'],
    ['queue'],
    ['attempt', 'a'],
    ['gate', 'g'],
    ['gates'],
  ]);
});

it('lets the words of an agent make nothing old', () => {
  expect(readBatch([event({ type: 'attempt.progress', runId: 'r', stepId: 's', attemptId: 'a' })]).stale).toEqual([]);
});

it('survives every type, and those that it does not know', () => {
  for (const type of [...EVENT_TYPES, 'moon.landed']) {
    expect(readBatch([event({ type, payload: { to: 7 } })]).states.size).toBe(0);
  }
});
