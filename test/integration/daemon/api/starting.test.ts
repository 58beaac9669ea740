import { expect, it } from 'vitest';
import { httpAnswer } from '../../../support/http-request.ts';
import { startTestApi } from '../../../support/test-api.ts';

it('HTTP-27: serves the record only when recovery is done, and says who it is before', async () => {
  let isReady = false;
  const { port } = await startTestApi({ isReady: () => isReady });
  const early = await httpAnswer({ port, path: '/api/v1/runs' });
  expect([early.status, early.headers['x-codencer-error']]).toEqual([503, 'starting']);
  for (const path of ['/health', '/version', '/api/v1/instance']) {
    expect((await httpAnswer({ port, path })).status, path).toBe(200);
  }
  isReady = true;
  expect((await httpAnswer({ port, path: '/api/v1/runs' })).status).toBe(200);
});
