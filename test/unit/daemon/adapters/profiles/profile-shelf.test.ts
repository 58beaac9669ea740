import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProfileReader } from '../../../../../main/daemon/adapters/profiles/profile-folder.ts';
import { createShelf } from '../../../../../main/daemon/adapters/profiles/profile-shelf.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

function shelfOf(files: Readonly<Record<string, string>>) {
  const root = temporaryFolder();
  const shipped = join(root, 'shipped');
  const repository = join(root, 'repo/.codencer/executors');
  mkdirSync(shipped);
  mkdirSync(repository, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(name.startsWith('shipped/') ? join(root, name) : join(repository, name), text);
  }
  const read = createShelf({
    shipped: createProfileReader({ path: shipped, root: shipped, shownAs: '' }),
    repository: createProfileReader({
      path: repository,
      root: join(root, 'repo'),
      shownAs: '.codencer/executors/',
    }),
  });
  return { root, shipped, repository, read, get: (name: string) => read().executors.get(name) };
}

describe('the executors that a task may name', () => {
  it('are the built-in ones and those of both folders; of one name that of the repository (PROF-5)', () => {
    const { get, read, shipped } = shelfOf({
      'shipped/codex.yaml': 'agent: codex',
      'shipped/claude.yml': 'agent: claude',
      'codex.yaml': 'agent: codex\nmodel: mine',
      'notes.txt': 'not a profile',
    });
    expect([...read().executors.keys()].sort()).toEqual(['claude', 'codex', 'command', 'simulation']);
    expect(get('codex')).toMatchObject({
      source: { kind: 'repository', file: '.codencer/executors/codex.yaml' },
      profile: { model: 'mine' },
    });
    expect(get('claude')?.source).toEqual({ kind: 'shipped', file: join(shipped, 'claude.yml') });
    expect(get('simulation')?.source).toEqual({ kind: 'built in', file: null });
  });

  it('a file that cannot be used stands in the way of the shipped one of its name (PROF-4)', () => {
    const { get } = shelfOf({ 'shipped/codex.yaml': 'agent: codex', 'codex.yaml': 'agent: codex\nmodle: x' });
    expect(get('codex')).toEqual({
      name: 'codex',
      source: { kind: 'repository', file: '.codencer/executors/codex.yaml' },
      profile: null,
      problems: ['.codencer/executors/codex.yaml:2: modle is not a known key; did you mean model?'],
    });
  });

  it('two files of one name are both out of use (PROF-4)', () => {
    const { get } = shelfOf({ 'a.yaml': 'name: x\nagent: codex', 'b.yaml': 'name: x\nagent: claude' });
    expect(get('x')?.problems).toEqual([
      '.codencer/executors/a.yaml and .codencer/executors/b.yaml have the same name: x',
    ]);
  });

  it('are read again when a file has changed, and only then (PROF-6)', () => {
    const { get, read, repository } = shelfOf({ 'x.yaml': 'agent: codex\nmodel: one' });
    const before = read();
    expect(read()).toBe(before);
    writeFileSync(join(repository, 'new.yaml'), 'agent: codex\nmodel: two');
    renameSync(join(repository, 'new.yaml'), join(repository, 'x.yaml'));
    expect(get('x')?.profile?.model).toBe('two');
    rmSync(join(repository, 'x.yaml'));
    expect(get('x')).toBeUndefined();
  });

  it('no link leads out of the folder, and nobody waits for a pipe (PROF-6)', () => {
    const { get, read, root, repository } = shelfOf({ 'inside.yaml': 'agent: codex' });
    writeFileSync(join(root, 'outside.yaml'), 'agent: codex');
    symlinkSync(join(root, 'outside.yaml'), join(repository, 'out.yaml'));
    symlinkSync('inside.yaml', join(repository, 'within.yaml'));
    symlinkSync('nothing.yaml', join(repository, 'gone.yaml'));
    mkdirSync(join(repository, 'folder.yaml'));
    execFileSync('mkfifo', [join(repository, 'pipe.yaml')]);
    writeFileSync(join(repository, 'large.yaml'), `agent: codex # ${'x'.repeat(300_000)}`);
    expect(get('within')?.profile?.agent).toBe('codex');
    const problemOf = (name: string) => get(name)?.problems;
    expect(problemOf('out')).toEqual(['.codencer/executors/out.yaml: it is a link that leads out of its folder']);
    expect(problemOf('gone')).toEqual(['.codencer/executors/gone.yaml: it is a link that leads nowhere']);
    expect(problemOf('folder')).toEqual(['.codencer/executors/folder.yaml: it is not a regular file']);
    expect(problemOf('pipe')).toEqual(['.codencer/executors/pipe.yaml: it is not a regular file']);
    expect(read()).toBe(read());
    expect(problemOf('large')).toEqual(['.codencer/executors/large.yaml: it has more than 32 KiB']);
  });

  it('of a folder with more than 200 of them none is read, and that is told (PROF-6)', () => {
    const { read, repository } = shelfOf({ 'x.yaml': 'agent: codex' });
    for (let at = 0; at < 200; at += 1) writeFileSync(join(repository, `p${at}.yaml`), 'agent: codex');
    expect(read().executors.has('x')).toBe(false);
    expect(read().problems).toEqual([`${JSON.stringify(repository)} has more than 200 profiles; none is read`]);
  });

  it('a folder that leads out of the repository is not followed, and that is told (PROF-6)', () => {
    const { read, root, repository, shipped } = shelfOf({ 'shipped/codex.yaml': 'agent: codex' });
    rmSync(repository, { recursive: true });
    expect(read().problems).toEqual([]);
    symlinkSync(shipped, repository);
    expect(read().executors.get('codex')?.source.kind).toBe('shipped');
    expect(read().problems).toEqual([
      `${JSON.stringify(repository)} leads out of ${JSON.stringify(join(root, 'repo'))} and is not followed`,
    ]);
  });
});
