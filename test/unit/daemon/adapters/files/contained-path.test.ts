import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containedPath, isWithin, resolveContained } from '../../../../../main/daemon/adapters/files/contained-path.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

function makeRoot(): { readonly outside: string; readonly root: string } {
  const outside = temporaryFolder();
  const root = join(outside, 'root');
  mkdirSync(join(root, 'real/sub'), { recursive: true });
  writeFileSync(join(root, 'real/file'), 'in');
  writeFileSync(join(outside, 'secret'), 'out');
  return { outside, root };
}

describe('resolveContained', () => {
  it('gives the real place of what exists (FILE-1)', async () => {
    const { root } = makeRoot();
    symlinkSync('real', join(root, 'link'));
    expect(await resolveContained(root, 'link/file')).toEqual({
      ok: true,
      value: { root, path: join(root, 'real/file'), fromRoot: 'real/file', exists: true },
    });
    expect(successOf(await resolveContained(root, '.'))).toMatchObject({ path: root, fromRoot: '' });
  });

  it('gives the place of what does not exist yet, behind links too (FILE-1)', async () => {
    const { root } = makeRoot();
    symlinkSync(join(root, 'real'), join(root, 'link'));
    expect(successOf(await resolveContained(root, 'link/new/deep'))).toMatchObject({
      path: join(root, 'real/new/deep'),
      exists: false,
    });
  });

  it('reaches a root through a link', async () => {
    const { root, outside } = makeRoot();
    symlinkSync(root, join(outside, 'way'));
    expect(successOf(await containedPath(join(outside, 'way'), 'real/file'))).toBe(join(root, 'real/file'));
  });

  it.each([
    ['up', '..', 'up/secret'],
    ['absolute', '/etc', 'absolute/passwd'],
    ['absolute', '/etc', 'absolute'],
    ['twin', '../root-twin', 'twin/x'],
    ['deep', 'real/sub/../../../secret', 'deep'],
  ])('refuses a link %s → %s (FILE-2)', async (name, target, path) => {
    const { root, outside } = makeRoot();
    mkdirSync(join(outside, 'root-twin'));
    symlinkSync(target, join(root, name));
    expect(failureOf(await resolveContained(root, path)).sentence).toContain('leads out of');
  });

  it('refuses links that lead nowhere or in a circle (FILE-2)', async () => {
    const { root } = makeRoot();
    symlinkSync('not-there', join(root, 'dangling'));
    symlinkSync('circle', join(root, 'circle'));
    for (const path of ['dangling', 'dangling/x', 'circle', 'circle/x']) {
      expect(failureOf(await resolveContained(root, path)).sentence).toContain('leads nowhere');
    }
  });

  it('refuses a way through a file (FILE-2)', async () => {
    const { root } = makeRoot();
    const error = failureOf(await resolveContained(root, 'real/file/x'));
    expect(error.sentence).toContain('a part of the path is not a folder');
  });

  it.each(['../secret', '/etc/passwd', 'a\0b', 'C:\\x', '..\\secret', ''])('refuses %j by its text', async (path) => {
    const { root } = makeRoot();
    expect(failureOf(await resolveContained(root, path)).kind).toBe('refused');
  });

  it('says what is wrong with a root that is not there', async () => {
    const { root } = makeRoot();
    expect(failureOf(await resolveContained(join(root, 'gone'), 'x')).kind).toBe('missing');
  });

  it('never answers with a place outside, whatever links there are (FILE-1, FILE-2)', async () => {
    const base = temporaryFolder();
    const name = fc.constantFrom('a', 'b', 'c');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    const target = fc.oneof(
      fc
        .array(fc.constantFrom('a', 'b', 'c', '..', '.'), { minLength: 1, maxLength: 5 })
        .map((names) => names.join('/')),
      fc.constantFrom('/', '/tmp', '<outside>', '<root>', '<root>/a', 'a\\..\\..', '...'),
    );
    const entry = fc.record({ path, kind: fc.constantFrom('folder', 'file', 'link'), target });
    const hostile = fc.array(fc.constantFrom('a', 'b', 'c', '..', '.', '', '\\', 'C:', '\0', 'new'), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 8 }), hostile, async (entries, segments) => {
        const outside = mkdtempSync(join(base, 'case-'));
        const root = join(outside, 'root');
        mkdirSync(root);
        for (const one of entries) plant(root, outside, one);
        const wanted = segments.join('/');
        const result = await resolveContained(root, wanted);
        if (result.ok) {
          expect(isWithin(root, resolve(result.value.path))).toBe(true);
          expect(existsSync(result.value.path)).toBe(result.value.exists);
          if (!result.value.exists) {
            mkdirSync(dirname(result.value.path), { recursive: true });
            writeFileSync(result.value.path, 'written');
          }
          expect(isWithin(root, realpathSync(result.value.path))).toBe(true);
        } else if (!/(^|\/)\.\.(\/|$)|^\/|\0|\\|:/.test(wanted) && existsSync(join(root, wanted)) && wanted !== '') {
          expect(isWithin(root, realpathSync(join(root, wanted)))).toBe(false);
        }
        rmSync(outside, { recursive: true });
      }),
      { numRuns: 300 },
    );
  });
});

interface Planted {
  readonly path: string;
  readonly kind: string;
  readonly target: string;
}

/** Puts a folder, a file or a link in place unless something is there, without ever writing through a link that leads out. */
function plant(root: string, outside: string, { path, kind, target }: Planted): void {
  const place = join(root, path);
  try {
    mkdirSync(dirname(place), { recursive: true });
    if (!isWithin(root, realpathSync(dirname(place))) || existsSync(place)) return;
    if (kind === 'folder') mkdirSync(place);
    else if (kind === 'file') writeFileSync(place, '');
    else symlinkSync(target.replace('<outside>', outside).replace('<root>', root), place);
  } catch {
    // A part of the way is a file or a link to nowhere: this entry is left out.
  }
}
