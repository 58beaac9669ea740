import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ground, openGround } from '../../../fire/hostile/ground.ts';
import { pathOf } from '../../../fire/hostile/routes.ts';
import { command } from '../../../support/task-client.ts';

const CANARY = 'canary-that-no-answer-may-show';
const RUNS = Number(process.env['CODENCER_TEST_PATH_RUNS'] ?? 120);

let ground: Ground;
let outside: string;
beforeAll(async () => {
  ground = await openGround();
  outside = dirname(dirname(ground.daemon.state));
  writeFileSync(join(outside, 'canary.yaml'), `version: v1\nname: ${CANARY}\n`);
  writeFileSync(join(dirname(ground.daemon.state), '.git/canary'), CANARY);
});
afterAll(() => ground.end());

const segment = fc.constantFrom(
  '..',
  '.',
  '',
  'canary',
  'canary.yaml',
  'token',
  '.git',
  '.codencer',
  'etc',
  'passwd',
  'a',
  '~',
  'C:',
  'nul',
  '\0',
  '%2e%2e',
  '\u2025',
);
const hostilePath = fc
  .tuple(
    fc.constantFrom('', '/', '\\', '../', '..\\', '/proc/self/cwd/', 'file://', '\\\\host\\share\\', './'),
    fc.array(segment, { minLength: 1, maxLength: 7 }),
    fc.constantFrom('/', '\\', '%2f', '//'),
  )
  .map(([start, segments, separator]) => start + segments.join(separator));

interface Way {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

/** Wherever a caller's text could become a part of a path: every parameter of every route, and fields of queries and tasks. */
function waysFor(text: string): readonly Way[] {
  const encoded = encodeURIComponent(text);
  const routes = ground.routes.filter(({ isServed, method, url }) => isServed && method === 'GET' && /[:*]/.test(url));
  const task = { version: 'v1', goal: 'x', ...command('true') };
  const submit = (more: object): Way => ({
    method: 'POST',
    path: '/api/v1/runs/ground/steps',
    body: { ...task, ...more },
  });
  return [
    ...routes.map((route) => ({ method: 'GET', path: pathOf(route, () => encoded) })),
    { method: 'GET', path: `/api/v1/steps/${ground.existing['gated']}/diff?file=${encoded}` },
    { method: 'GET', path: `/api/v1/steps/${ground.existing['gated']}/logs?stream=${encoded}&attempt=${encoded}` },
    { method: 'POST', path: '/api/v1/runs', body: { id: text } },
    submit({ policy_bundle: text, step_id: 'never' }),
    submit({ step_id: text }),
    submit({ phase_id: text, step_id: 'never' }),
    submit({ base_ref: text, step_id: 'never', not_before: '2099-01-01T00:00:00Z' }),
    submit({ allowed_paths: [text], step_id: 'never', adapter_profile: text }),
  ];
}

it('PATH-1, PATH-2, FILE-12, HTTP-13: no text of a caller leads out of where it belongs', {
  timeout: 60_000,
}, async () => {
  const before = readdirSync(outside).sort();
  await fc.assert(
    fc.asyncProperty(hostilePath, fc.nat(), async (text, pick) => {
      const ways = waysFor(text);
      const { method, path, body } = ways[pick % ways.length] ?? { method: 'GET', path: '/' };
      const answer = await ground.daemon.request(method, path, body);
      expect(answer.status, `${method} ${path}`).toBeLessThan(500);
      for (const secret of [CANARY, ground.daemon.token, 'root:x:0']) expect(answer.text).not.toContain(secret);
    }),
    { numRuns: RUNS },
  );
  expect(readdirSync(outside).sort()).toEqual(before);
});
