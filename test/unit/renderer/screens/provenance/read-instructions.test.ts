import { expect, it } from 'vitest';
import { readInstructions } from '../../../../../renderer/screens/provenance/read-instructions.ts';

it('reads what a submission recorded of instruction files, also of those that could not be read', () => {
  const text = JSON.stringify({
    version: 1,
    files: [
      { path: 'AGENTS.md', real_path: 'AGENTS.md', size: 12, sha256: 'ab' },
      { path: 'CLAUDE.md', problem: 'it is a folder' },
    ],
  });
  expect(readInstructions(text)).toEqual({
    ok: true,
    value: [
      { path: 'AGENTS.md', sha256: 'ab', sizeBytes: 12, problem: '' },
      { path: 'CLAUDE.md', sha256: '', sizeBytes: 0, problem: 'it is a folder' },
    ],
  });
});

it.each(['', '[]', '{"files":[1]}'])('says what is wrong with %j', (text) => {
  expect(readInstructions(text).ok).toBe(false);
});
