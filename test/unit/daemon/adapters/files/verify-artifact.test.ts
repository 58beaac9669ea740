import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openArtifactFile } from '../../../../../main/daemon/adapters/files/open-artifact-file.ts';
import { openVerifiedArtifact, verifyArtifact } from '../../../../../main/daemon/adapters/files/verify-artifact.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const signal = new AbortController().signal;

function store(content: string) {
  const root = temporaryFolder();
  mkdirSync(join(root, 'run/step'), { recursive: true });
  const path = join(root, 'run/step/f');
  writeFileSync(path, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { root, path, artifact: { path, sizeBytes: Buffer.byteLength(content), sha256 } };
}

describe('verifyArtifact', () => {
  it('trusts what is byte for byte what was recorded (FILE-11)', async () => {
    const { root, artifact } = store('content');
    expect(await verifyArtifact({ root, artifact, signal })).toEqual({ ok: true, value: undefined });
    const { handle } = successOf(await openVerifiedArtifact({ root, artifact, signal }));
    const text = await handle.readFile('utf8');
    await handle.close();
    expect(text).toBe('content');
  });

  it.each([
    ['longer!!', 'it has 8 bytes and had 7'],
    ['CONTENT', 'its SHA-256 is'],
  ])('does not trust %j (FILE-11)', async (content, why) => {
    const { root, path, artifact } = store('content');
    writeFileSync(path, content);
    expect(failureOf(await verifyArtifact({ root, artifact, signal })).sentence).toContain(why);
  });

  it('says that the file is gone (FILE-11)', async () => {
    const { root, path, artifact } = store('content');
    rmSync(path);
    expect(failureOf(await verifyArtifact({ root, artifact, signal })).kind).toBe('missing');
  });
});

describe('openArtifactFile', () => {
  it.each(['/etc/passwd', 'run/../../x', ''])('refuses %j: outside of the store (FILE-12)', async (place) => {
    const { root } = store('content');
    const path = place.startsWith('/') ? place : join(root, place);
    expect(failureOf(await openArtifactFile(root, path)).sentence).toContain('it is outside of');
  });

  it('refuses a link in the last place and on the way (FILE-12)', async () => {
    const { root, path } = store('content');
    symlinkSync('f', join(root, 'run/step/link'));
    symlinkSync('run', join(root, 'way'));
    expect(failureOf(await openArtifactFile(root, join(root, 'run/step/link'))).sentence).toContain('it is a link');
    expect(failureOf(await openArtifactFile(root, join(root, 'way/step/f'))).sentence).toContain(
      'a link is on the way',
    );
    await successOf(await openArtifactFile(root, path)).handle.close();
  });

  it('reaches the store itself through a link', async () => {
    const { root } = store('content');
    const way = join(temporaryFolder(), 'way');
    symlinkSync(root, way);
    await successOf(await openArtifactFile(way, join(way, 'run/step/f'))).handle.close();
  });

  it('refuses a folder, and a pipe without waiting for its writer (FILE-12)', async () => {
    const { root } = store('content');
    execFileSync('mkfifo', [join(root, 'pipe')]);
    for (const name of ['run', 'pipe']) {
      expect(failureOf(await openArtifactFile(root, join(root, name))).sentence).toContain('not a regular file');
    }
  });
});
