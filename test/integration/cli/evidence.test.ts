import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCliAt, screenOf } from '../../support/run-cli.ts';
import { byRoute, startStub } from '../../support/stub-daemon.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const AT = '2026-11-20T06:37:00Z';
const LATER = '2026-11-20T06:37:12Z';
const RUN = { id: 'r1', project_id: 'p', state: 'completed', created_at: AT, updated_at: LATER };
const STEP = {
  id: 's1',
  run_id: 'r1',
  phase_id: 'build',
  title: 'Mend it',
  state: 'needs_approval',
  status_reason: 'a gate is open',
  created_at: AT,
  updated_at: LATER,
};
const FIRST = {
  id: 's1-a1',
  step_id: 's1',
  run_id: 'r1',
  number: 1,
  adapter: 'codex',
  state: 'failed_validation',
  failure_class: 'validation_failed',
  summary: 'tests failed',
  started_at: AT,
  ended_at: LATER,
};
const SECOND = { ...FIRST, id: 's1-a2', number: 2, state: 'completed', failure_class: '', summary: 'done' };
const GATE = {
  id: 'gate-s1-a2',
  step_id: 's1',
  state: 'pending',
  description: 'touches a lockfile',
  created_at: AT,
  resolved_at: LATER,
};
const PHASES = [
  { id: 'ship', name: 'Ship', seq_order: 2 },
  { id: 'build', name: 'Build', seq_order: 1 },
];
const TREE = {
  'GET /api/v1/runs/r1': { body: RUN },
  'GET /api/v1/runs/r1/steps': { body: [STEP] },
  'GET /api/v1/runs/r1/gates': { body: [GATE] },
  'GET /api/v1/runs/r1/phases': { body: PHASES },
  'GET /api/v1/steps/s1/attempts': { body: [FIRST, SECOND] },
};

describe('run tree (CLI-20)', () => {
  it('draws run, phases, steps, attempts and gates with state, time and reason', async () => {
    const stub = await startStub(byRoute(TREE));
    const { exitCode, stdout } = await runCliAt(stub.url, ['run', 'tree', 'r1']);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      `run r1  completed  12 s  p
├─ phase build  Build
│  └─ step s1  needs_approval  12 s  Mend it
│     ├─ why: a gate is open
│     ├─ attempt 1  failed_validation  12 s  codex  validation_failed: tests failed
│     ├─ attempt 2  completed  12 s  codex
│     └─ gate gate-s1-a2  pending  12 s  touches a lockfile
└─ phase ship  Ship  no steps
`,
    );
  });

  it('fits a screen and has colours there', async () => {
    const stub = await startStub(byRoute(TREE));
    const { stdout } = await runCliAt(stub.url, ['run', 'tree', 'r1'], { screen: screenOf(40, true) });
    expect(stdout).toContain('attempt 1  \x1b[31mfailed_validation\x1b[0m');
    expect(stdout).toContain('…');
  });

  it('--json is what the daemon sent, put together', async () => {
    const stub = await startStub(byRoute(TREE));
    const { stdout } = await runCliAt(stub.url, ['run', 'tree', 'r1', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      run: RUN,
      phases: [
        { ...PHASES[1], steps: [{ ...STEP, attempts: [FIRST, SECOND], gates: [GATE] }] },
        { ...PHASES[0], steps: [] },
      ],
    });
  });

  it('takes the phases from the steps when the daemon does not tell them', async () => {
    const stub = await startStub(byRoute({ ...TREE, 'GET /api/v1/runs/r1/phases': { body: RUN } }));
    const { stdout } = await runCliAt(stub.url, ['run', 'tree', 'r1', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ phases: [{ id: 'build', steps: [{ id: 's1' }] }] });
  });

  it('goes through all pages of the steps', async () => {
    const pages = byRoute({
      ...TREE,
      'GET /api/v1/runs/r1/steps': ({ url }) =>
        url.includes('after=')
          ? { body: [{ ...STEP, id: 's2' }] }
          : { headers: { link: '</api/v1/runs/r1/steps?after=s1>; rel="next"' }, body: [STEP] },
      'GET /api/v1/steps/s2/attempts': { body: null },
    });
    const stub = await startStub(pages);
    const { stdout } = await runCliAt(stub.url, ['run', 'tree', 'r1']);
    expect(stdout).toMatch(/step s1 [\s\S]*step s2 /);
  });

  it('of a run that is not there is a 404', async () => {
    const stub = await startStub(byRoute({}));
    expect(await runCliAt(stub.url, ['run', 'tree', 'r1'])).toMatchObject({ exitCode: 1, stdout: '' });
  });
});

describe('attempts', () => {
  it('are listed, shown, and their log is read by their own id', async () => {
    const stub = await startStub(
      byRoute({
        'GET /api/v1/steps/s1/attempts': { body: [FIRST, SECOND] },
        'GET /api/v1/attempts/s1-a1': { body: FIRST },
        'GET /api/v1/steps/s1/logs': { body: 'printed\n' },
      }),
    );
    const list = await runCliAt(stub.url, ['attempt', 'list', 's1']);
    expect(list.stdout).toMatch(/^s1-a1 +failed_validation +codex +12 s +validation_failed: tests failed$/m);
    const shown = await runCliAt(stub.url, ['attempt', 'show', 's1-a1']);
    expect(shown.stdout).toContain('State:     failed_validation (validation_failed)\n');
    expect(shown.stdout).toContain('  codencer artifact list s1 --attempt s1-a1\n');
    const log = await runCliAt(stub.url, ['attempt', 'log', 's1-a1', '--stream', 'stderr']);
    expect(log).toMatchObject({ exitCode: 0, stdout: 'printed\n' });
    expect(stub.requests.at(-1)?.url).toBe('/api/v1/steps/s1/logs?attempt=s1-a1&stream=stderr');
    const asJson = await runCliAt(stub.url, ['attempt', 'log', 's1-a1', '--json']);
    expect(JSON.parse(asJson.stdout)).toEqual({
      attempt_id: 's1-a1',
      step_id: 's1',
      available: true,
      content_type: 'text/plain',
      content: 'printed\n',
    });
  });
});

const BYTES = Buffer.from([0, 255, 10, 128]);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const artifact = (name: string, bytes: Uint8Array = BYTES, hash = hashOf(bytes)) => ({
  id: 'art-1',
  attempt_id: 's1-a1',
  type: 'file',
  name,
  path: `/evidence/${name}`,
  size: bytes.length,
  hash,
  mime_type: 'application/octet-stream',
});
const startArtifact = (row: object, bytes: Uint8Array = BYTES) =>
  startStub(
    byRoute({
      'GET /api/v1/artifacts/art-1': { body: row },
      'GET /api/v1/artifacts/art-1/content': { body: bytes },
      'GET /api/v1/steps/s1/artifacts': { body: [row, { ...row, id: 'art-2', attempt_id: 's1-a2' }] },
    }),
  );

describe('artifacts (CLI-21)', () => {
  it('are listed with their ids, all or of one attempt', async () => {
    const stub = await startArtifact(artifact('out.bin'));
    expect((await runCliAt(stub.url, ['artifact', 'list', 's1'])).stdout).toMatch(/^art-1 +out.bin +file +4 B\nart-2/m);
    const one = await runCliAt(stub.url, ['artifact', 'list', 's1', '--attempt', 's1-a2', '--json']);
    expect(JSON.parse(one.stdout)).toEqual([{ ...artifact('out.bin'), id: 'art-2', attempt_id: 's1-a2' }]);
  });

  it('are printed as they are, and as text or base64 in a document', async () => {
    const text = Buffer.from('plain\n');
    const stub = await startArtifact(artifact('a.txt', text), text);
    expect(await runCliAt(stub.url, ['artifact', 'cat', 'art-1'])).toMatchObject({ exitCode: 0, stdout: 'plain\n' });
    const asText = JSON.parse((await runCliAt(stub.url, ['artifact', 'cat', 'art-1', '--json'])).stdout);
    expect(asText).toMatchObject({ artifact_id: 'art-1', encoding: 'utf-8', content: 'plain\n', sha256: hashOf(text) });
    const binary = await startArtifact(artifact('a.bin'));
    const asBytes = JSON.parse((await runCliAt(binary.url, ['artifact', 'cat', 'art-1', '--json'])).stdout);
    expect(asBytes).toMatchObject({ encoding: 'base64', content: BYTES.toString('base64') });
  });

  it('are saved under their own last name, by a given one, and into a folder', async () => {
    const stub = await startArtifact(artifact('validations/unit.log'));
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'folder'));
    for (const [args, path] of [
      [[], 'unit.log'],
      [['named.log'], 'named.log'],
      [['folder'], 'folder/unit.log'],
      [['folder/other'], 'folder/other'],
    ] as const) {
      const saved = await runCliAt(stub.url, ['artifact', 'save', 'art-1', ...args, '--json'], { cwd });
      expect(JSON.parse(saved.stdout)).toEqual({
        artifact_id: 'art-1',
        path: join(cwd, path),
        size: 4,
        sha256: hashOf(BYTES),
      });
      expect(readFileSync(join(cwd, path))).toEqual(BYTES);
    }
  });

  it('never overwrite without --force, not even a link that leads nowhere, and never write through a link', async () => {
    const stub = await startArtifact(artifact('a.bin'));
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.bin'), 'mine');
    symlinkSync(join(cwd, 'elsewhere'), join(cwd, 'link'));
    for (const path of ['a.bin', 'link']) {
      const refused = await runCliAt(stub.url, ['artifact', 'save', 'art-1', path], { cwd });
      expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
      expect(refused.stderr).toBe(`saving the artifact: ${join(cwd, path)} is there already; --force overwrites it\n`);
    }
    expect(readFileSync(join(cwd, 'a.bin'), 'utf8')).toBe('mine');
    for (const path of ['a.bin', 'link']) {
      expect((await runCliAt(stub.url, ['artifact', 'save', 'art-1', path, '--force'], { cwd })).exitCode).toBe(0);
    }
    expect(lstatSync(join(cwd, 'link')).isSymbolicLink()).toBe(false);
    expect(existsSync(join(cwd, 'elsewhere'))).toBe(false);
    expect(readdirSync(cwd).toSorted()).toEqual(['a.bin', 'link']);
  });

  it.each(['..', '../up', 'a/..', '.hidden', 'nul', 'con.txt', 'a:b', 'a\\b', 'trailing.', 'x\u202ey', ''])(
    'do not choose the name %j for themselves',
    async (name) => {
      const stub = await startArtifact(artifact(name));
      const cwd = temporaryFolder();
      const { exitCode, stderr } = await runCliAt(stub.url, ['artifact', 'save', 'art-1'], { cwd });
      const isTaken = name === '../up';
      expect([exitCode, readdirSync(cwd)]).toEqual(isTaken ? [0, ['up']] : [1, []]);
      if (!isTaken) expect(stderr).toContain('Name the file: codencer artifact save art-1 <path>\n');
    },
  );

  it.each(['cat', 'save'])('that are not what was recorded are told (%s), and no file is left', async (verb) => {
    const stub = await startArtifact(artifact('a.bin', BYTES, '0'.repeat(64)));
    const cwd = temporaryFolder();
    const { exitCode, stderr } = await runCliAt(stub.url, ['artifact', verb, 'art-1'], { cwd });
    expect(exitCode).toBe(5);
    expect(stderr).toMatch(
      /^checking the artifact: what arrived of art-1 is not what was recorded .*\n.*audit verify\n$/,
    );
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('that cannot be written say why', async () => {
    const stub = await startArtifact(artifact('a.bin'));
    const cwd = temporaryFolder();
    const { exitCode, stderr } = await runCliAt(stub.url, ['artifact', 'save', 'art-1', 'no/such/folder/x'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toBe(`saving the artifact: open ${join(cwd, 'no/such/folder/x')}: no such file or directory\n`);
  });
});
