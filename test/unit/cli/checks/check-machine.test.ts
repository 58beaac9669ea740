import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkMkfifo } from '../../../../main/cli/checks/check-machine.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

describe('mkfifo', () => {
  it('is looked for on PATH', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'mkfifo'), '');
    chmodSync(join(folder, 'mkfifo'), 0o755);
    expect(checkMkfifo(`/nowhere:${folder}`)).toBeNull();
  });

  it.each([[undefined], [''], ['/nowhere:']])('is missed in %j', (searchPath) => {
    expect(checkMkfifo(searchPath)).toMatchObject({ result: 'problem', name: 'mkfifo' });
  });
});
