import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { listLicences } from '../../../../contract/client/licence-routes.ts';
import { httpFetch } from '../../../../main/cli/http-fetch.ts';
import { composeLicences } from '../../../../main/daemon/compose/compose-licences.ts';
import { shippedPackages } from '../../../../scripts/licences.ts';
import { httpAnswer } from '../../../support/http-request.ts';
import { successOf } from '../../../support/success-of.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { startTestApi, TOKEN } from '../../../support/test-api.ts';

const ROOT = join(import.meta.dirname, '../../../..');

it('HTTP-70: what comes along is told with its licence: what is imported, and what that depends on', async () => {
  const file = join(temporaryFolder(), 'licences.json');
  const { port } = await startTestApi({ changed: { licences: composeLicences(file) } });
  expect((await httpAnswer({ port, path: '/api/v1/licences' })).status).toBe(404);
  writeFileSync(file, JSON.stringify(shippedPackages(ROOT)));
  const connection = { baseUrl: `http://127.0.0.1:${port}`, token: TOKEN, fetch: httpFetch };
  const licences = successOf(successOf(await listLicences(connection)).read());
  const names = licences.map(({ name }) => name);
  const shipped = [
    'fastify',
    'better-sqlite3',
    'zod',
    'react',
    'scheduler',
    '@fontsource/ibm-plex-sans',
    'tailwindcss',
  ];
  expect(names).toEqual(expect.arrayContaining(shipped));
  expect(names).not.toContain('vitest');
  expect(names).not.toContain('@biomejs/biome');
  expect(licences.filter(({ version, licence }) => version === '' || licence === 'not stated')).toEqual([]);
});
