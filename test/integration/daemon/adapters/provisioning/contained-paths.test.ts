import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { provisionWorktree } from '../../../../../main/daemon/adapters/provisioning/provision.ts';
import { snapshotOf } from '../../../../support/git-evidence.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const CANARY = 'nobody outside of the repository was asked\n';
const CANARY_ID = createHash('sha1').update(`blob ${CANARY.length}\0${CANARY}`).digest('hex');

const segment = fc.constantFrom(
  'a',
  'b',
  'out',
  'in',
  '..',
  '.',
  '',
  '.git',
  '.codencer',
  'token',
  'canary',
  '\\',
  'C:',
  '\0',
);
const path = fc
  .tuple(fc.constantFrom('', '/', '../', '<outside>/'), fc.array(segment, { minLength: 1, maxLength: 5 }))
  .map(([start, segments]) => start + segments.join('/'));
const declared = fc.array(path, { maxLength: 3 });
/** Links that lie in the repository and, from the commit, in the worktree. */
const links = fc.array(
  fc.record({
    where: fc.constantFrom('repository', 'worktree'),
    name: fc.constantFrom('a', 'b', 'a/out', 'in'),
    target: fc.constantFrom('<outside>', '<outside>/canary', '..', '../..', '/etc', 'b', '.git', '.codencer'),
  }),
  { maxLength: 4 },
);

it('PROV-4, PROV-5: whatever is declared and planted, nothing from outside comes in and nothing outside is written', async () => {
  const folder = temporaryFolder();
  let count = 0;
  await fc.assert(
    fc.asyncProperty(declared, declared, links, async (copy, symlinks, planted) => {
      count += 1;
      const place = layOut(join(folder, String(count)), planted);
      const named = (paths: readonly string[]) => paths.map((one) => one.replace('<outside>', place.outside));
      const provisioning = { copy: named(copy), symlinks: named(symlinks) };
      writeFileSync(join(place.repoRoot, '.codencer/workspace.json'), JSON.stringify({ provisioning }));
      await provisionWorktree({
        ...place,
        environment: {},
        hookTimeoutMs: 1000,
        signal: new AbortController().signal,
        clock: () => 0,
        redact: (text) => text,
        runHook: async () => ({ exitCode: 0, signal: null, timedOut: false, output: '' }),
      });
      expect(readdirSync(place.outside)).toEqual(['canary']);
      expect(readFileSync(join(place.outside, 'canary'), 'utf8')).toBe(CANARY);
      expect(readFileSync(join(place.repoRoot, '.git/canary'), 'utf8')).toBe(CANARY);
      expect(leaksIn(place.worktree)).toEqual([]);
    }),
    { numRuns: 300 },
  );
}, 60_000);

interface Place {
  readonly repoRoot: string;
  readonly worktree: string;
  readonly outside: string;
}

function layOut(folder: string, planted: readonly { where: string; name: string; target: string }[]): Place {
  const place = {
    repoRoot: join(folder, 'repo'),
    worktree: join(folder, 'repo/.codencer/workspace/wt'),
    outside: join(folder, 'outside'),
  };
  for (const one of [place.worktree, place.outside, join(place.repoRoot, '.git')]) mkdirSync(one, { recursive: true });
  for (const one of [place.outside, join(place.repoRoot, '.git')]) writeFileSync(join(one, 'canary'), CANARY);
  writeFileSync(join(place.repoRoot, '.codencer/token'), CANARY);
  writeFileSync(join(place.repoRoot, 'b'), 'inside\n');
  for (const root of [place.repoRoot, place.worktree]) {
    const own = planted.filter(({ where }) => (where === 'repository') === (root === place.repoRoot));
    for (const { name, target } of own) plant(join(root, name), target.replace('<outside>', place.outside));
  }
  return place;
}

function plant(path: string, target: string): void {
  rmSync(path, { recursive: true, force: true });
  if (lstatSync(dirname(path), { throwIfNoEntry: false })?.isSymbolicLink() === true) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** Files with the content of what is outside. A link in a folder that is copied stays the link that it was. */
const leaksIn = (worktree: string): readonly string[] =>
  [...snapshotOf(worktree)].filter(([, state]) => state.endsWith(CANARY_ID)).map(([path]) => path);
