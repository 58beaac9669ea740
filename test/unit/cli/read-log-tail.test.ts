import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLogTail } from '../../../main/cli/read-log-tail.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function logWith(text: string): string {
  const path = join(temporaryFolder(), 'daemon.log');
  writeFileSync(path, text);
  return path;
}

describe('the end of a daemon’s log', () => {
  it('is its own sentence where it said one', async () => {
    const path = logWith('{"msg":"a"}\ncodencer: the repository has no commit\n{"msg":"b"}\n');
    expect(await readLogTail(path, 0)).toBe('the repository has no commit');
  });

  it('is its last lines otherwise', async () => {
    const lines = Array.from({ length: 9 }, (_, index) => `line ${index}`);
    expect(await readLogTail(logWith(lines.join('\n')), 0)).toBe(lines.slice(-5).join('\n'));
  });

  it('begins where this start began', async () => {
    const before = 'codencer: an old story\n';
    expect(await readLogTail(logWith(`${before}fresh\n`), before.length)).toBe('fresh');
    expect(await readLogTail(logWith(before), before.length)).toBe('');
  });

  it('of a long log is only its end', async () => {
    const path = logWith(`${'x'.repeat(100_000)}\ncodencer: the end\n`);
    expect(await readLogTail(path, 0)).toBe('the end');
  });

  it('is nothing when there is no log', async () => {
    expect(await readLogTail(join(temporaryFolder(), 'none'), 0)).toBe('');
  });
});
