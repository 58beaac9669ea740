import { expect, test } from 'vitest';
import { err, ok } from '../../../../../contract/result.ts';
import { decideTogether } from '../../../../../renderer/screens/inbox/decide-together.ts';
import type { Sent } from '../../../../../renderer/screens/inbox/decision-state.ts';
import { sampleClientGate } from '../../../../support/sample-client-gate.ts';

const permission = sampleClientGate({ id: 'g1', subjectDigest: 'd1' });
const policy = sampleClientGate({ id: 'g2', kind: 'policy', request: null, subjectDigest: 'd2' });

test('each gate gets a request of its own, with its digest and a key of its own, one after the other', async () => {
  const sent: (readonly [string, Sent])[] = [];
  let underWay = 0;
  const notDecided = await decideTogether(
    [permission, policy],
    { action: 'approve', reason: '' },
    {
      keyOf: ({ id }) => `batch:${id}`,
      send: async (id, one) => {
        underWay += 1;
        expect(underWay).toBe(1);
        await Promise.resolve();
        sent.push([id, one]);
        underWay -= 1;
        return ok(null);
      },
    },
  );
  expect(notDecided).toEqual([]);
  expect(sent).toEqual([
    ['g1', { action: 'approve', scope: 'once', reason: '', digest: 'd1', key: 'batch:g1' }],
    ['g2', { action: 'approve', scope: null, reason: '', digest: 'd2', key: 'batch:g2' }],
  ]);
});

test('what was not decided is told with its cause, and keeps no other from being decided', async () => {
  const notDecided = await decideTogether(
    [permission, policy],
    { action: 'reject', reason: 'no' },
    {
      keyOf: ({ id }) => id,
      send: async (id) =>
        id === 'g1' ? err({ kind: 'refused', status: 409, code: 'gate_closed', message: 'it is closed' }) : ok(null),
    },
  );
  expect(notDecided).toEqual([{ gate: permission, cause: 'It is closed.' }]);
});
