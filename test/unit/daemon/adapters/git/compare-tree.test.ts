import { describe, expect, it } from 'vitest';
import { compareTree, trackedFolders } from '../../../../../main/daemon/adapters/git/compare-tree.ts';
import type { FileStamp } from '../../../../../main/daemon/adapters/git/file-stamp.ts';
import { GITLINK_MODE, type IndexFile } from '../../../../../main/daemon/adapters/git/index-file.ts';
import type { Survey } from '../../../../../main/daemon/adapters/git/survey-tree.ts';

const stamp = (change: Partial<FileStamp> = {}): FileStamp => ({
  ctimeMs: 100,
  mtimeMs: 100,
  inode: 7,
  mode: 0o100644,
  sizeBytes: 3,
  ...change,
});

const indexOf = (entries: Readonly<Record<string, FileStamp>>, writtenAtMs = 200): IndexFile => ({
  writtenAtMs,
  entries: new Map(Object.entries(entries).map(([path, known]) => [path, { path, objectId: 'x', stamp: known }])),
});

const surveyOf = (files: Readonly<Record<string, FileStamp>>, rest: Partial<Survey> = {}): Survey => ({
  files: new Map(Object.entries(files).map(([path, now]) => [path, { stamp: now, sizeBytes: now.sizeBytes }])),
  folders: new Set(),
  specials: [],
  nested: [],
  caches: [],
  unreadable: [],
  ...rest,
});

const compare = (index: IndexFile, survey: Survey, doubtMs = 0) => compareTree({ index, survey, doubtMs });

const SAME = { removed: [], changed: [], doubtful: [], unknown: [] };

describe('comparing a folder with what an index remembers', () => {
  it('GIT-24 sees no change where nothing differs', () => {
    expect(compare(indexOf({ a: stamp() }), surveyOf({ a: stamp() }))).toEqual(SAME);
  });

  it.each<Partial<FileStamp>>([{ ctimeMs: 101 }, { mtimeMs: 99 }, { inode: 8 }, { mode: 0o100755 }, { sizeBytes: 4 }])(
    'GIT-24 sees %o',
    (change) => {
      expect(compare(indexOf({ a: stamp() }), surveyOf({ a: stamp(change) }))).toEqual({ ...SAME, changed: ['a'] });
    },
  );

  it('GIT-24 doubts what was touched in the instant in which the index was written, or just before', () => {
    const at = (ctimeMs: number) =>
      compare(indexOf({ a: stamp({ ctimeMs }) }), surveyOf({ a: stamp({ ctimeMs }) }), 10).doubtful;
    expect(at(200)).toEqual(['a']);
    expect(at(190)).toEqual(['a']);
    expect(at(189)).toEqual([]);
  });

  it('GIT-24 knows what is new and what is gone', () => {
    const difference = compare(indexOf({ gone: stamp() }), surveyOf({ fresh: stamp() }));
    expect(difference).toEqual({ ...SAME, removed: ['gone'], unknown: ['fresh'] });
  });

  it('GIT-28 does not take for gone what it may not see', () => {
    const survey = surveyOf({}, { unreadable: [{ path: 'closed', reason: 'EACCES' }] });
    expect(compare(indexOf({ 'closed/a': stamp(), 'closed-not/b': stamp() }), survey).removed).toEqual([
      'closed-not/b',
    ]);
  });

  it.each<[string, Partial<Survey>, readonly string[]]>([
    ['is there and empty', { folders: new Set(['sub']) }, []],
    ['is a repository', { folders: new Set(['sub']), nested: ['sub'] }, []],
    ['is not there', {}, ['sub']],
    [
      'holds plain files',
      { folders: new Set(['sub']), files: new Map([['sub/x', { stamp: stamp(), sizeBytes: 1 }]]) },
      ['sub'],
    ],
  ])('GIT-27 a submodule whose folder %s', (_what, rest, removed) => {
    expect(compare(indexOf({ sub: stamp({ mode: GITLINK_MODE }) }), surveyOf({}, rest)).removed).toEqual(removed);
  });

  it('GIT-27 knows the folders of tracked files, submodules apart', () => {
    const index = indexOf({ 'a/b/c': stamp(), 'a/d': stamp(), e: stamp(), 'f/sub': stamp({ mode: GITLINK_MODE }) });
    expect([...trackedFolders(index)].sort()).toEqual(['a', 'a/b']);
  });
});
