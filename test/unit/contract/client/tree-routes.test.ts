import { describe, expect, it } from 'vitest';

import { readRunPhases } from '../../../../contract/client/tree-routes.ts';
import { err, ok } from '../../../../contract/result.ts';
import { recordingConnection } from '../../../support/recording-connection.ts';

const RUN = JSON.stringify({ id: 'r', state: 'running', Phases: null });

describe('readRunPhases', () => {
  it.each([
    [200, RUN],
    [404, 'Not found\n'],
  ])('finds none at a daemon that does not tell them: %i', async (status, text) => {
    expect(await readRunPhases(recordingConnection({ status, text }).connection, 'r')).toEqual(ok([]));
  });

  it('does not take a failure for a run without phases', async () => {
    const refused = await readRunPhases(recordingConnection({ status: 503, text: 'ends\n' }).connection, 'r');
    expect(refused).toEqual(err(expect.objectContaining({ kind: 'refused', status: 503 })));
    const nowhere = { ...recordingConnection().connection, fetch: () => Promise.reject(new TypeError('fetch failed')) };
    expect(await readRunPhases(nowhere, 'r')).toEqual(err(expect.objectContaining({ kind: 'unreachable' })));
  });
});
