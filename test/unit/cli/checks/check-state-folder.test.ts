import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkStateFolder } from '../../../../main/cli/checks/check-state-folder.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

function stateFolder() {
  const root = temporaryFolder();
  const folder = join(root, '.codencer');
  mkdirSync(folder, { mode: 0o700 });
  for (const name of ['token', 'instance.json']) writeFileSync(join(folder, name), '', { mode: 0o600 });
  return { root, folder };
}

describe('the state folder', () => {
  it('is fine when only its owner reads its secrets, or when it is not there yet', () => {
    expect(checkStateFolder(stateFolder().root).result).toBe('ok');
    expect(checkStateFolder(temporaryFolder()).result).toBe('ok');
  });

  it.each(['token', 'instance.json'])('is a problem when others can read its %s', (name) => {
    const { root, folder } = stateFolder();
    chmodSync(join(folder, name), 0o640);
    const check = checkStateFolder(root);
    expect(check.result).toBe('problem');
    expect(check.advice).toBe(`chmod 600 ${join(folder, name)}`);
  });

  it('is worth a warning when others can write to it', () => {
    const { root, folder } = stateFolder();
    chmodSync(folder, 0o770);
    expect(checkStateFolder(root)).toMatchObject({ result: 'warning', advice: `chmod go-w ${folder}` });
  });
});
