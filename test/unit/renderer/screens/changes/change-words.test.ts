import { describe, expect, it } from 'vitest';
import { changeWords } from '../../../../../renderer/screens/changes/change-words.ts';

const GONE = '000000';
const FILE = '100644';
const PROGRAM = '100755';
const LINK = '120000';
const SUBMODULE = '160000';

const words = (status: string, [oldMode, newMode]: readonly [string, string], more = {}) =>
  changeWords({ status, oldMode, newMode, isBinary: false, sizeBytes: 3, additions: 1, deletions: 1, ...more }).join(
    ', ',
  );

describe('what happened to a file, in words', () => {
  it.each([
    [words('modified', [FILE, FILE]), ''],
    [words('added', [GONE, FILE]), 'New file'],
    [words('added', [GONE, PROGRAM]), 'New file, executable'],
    [words('added', [GONE, LINK]), 'New symbolic link'],
    [words('added', [GONE, FILE], { additions: 0, deletions: 0 }), 'New file, empty'],
    [words('deleted', [FILE, GONE]), 'Deleted file'],
    [words('modified', [FILE, PROGRAM]), 'Now executable'],
    [words('modified', [PROGRAM, FILE]), 'Not executable any more'],
    [words('renamed', [FILE, FILE], { additions: 0, deletions: 0 }), 'Renamed, no line changed'],
    [words('renamed', [FILE, PROGRAM]), 'Renamed, Now executable'],
    [words('type-changed', [FILE, LINK]), 'Was a file, is a symbolic link'],
    [words('modified', [SUBMODULE, SUBMODULE]), 'Changed submodule, only the commit that it points to'],
    [words('modified', [FILE, FILE], { isBinary: true, additions: null, deletions: null }), 'Binary, 3 bytes'],
  ])('%s', (told, expected) => {
    expect(told).toBe(expected);
  });
});
