import { chmodSync, linkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadToken } from '../../../../../main/daemon/adapters/instance/token.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

describe('loadToken', () => {
  it('makes a token once, for its owner alone (INST-5)', async () => {
    const stateDir = temporaryFolder();
    const first = successOf(await loadToken(stateDir));
    expect(first).toMatchObject({ path: join(stateDir, 'token'), notice: null });
    expect(Buffer.from(first.token, 'base64url')).toHaveLength(32);
    expect(statSync(first.path).mode & 0o777).toBe(0o600);
    expect(successOf(await loadToken(stateDir))).toEqual(first);
    expect(successOf(await loadToken(temporaryFolder())).token).not.toBe(first.token);
  });

  it.each([0o644, 0o640, 0o604, 0o660])('closes a file of mode %o and says so (INST-5)', async (mode) => {
    const stateDir = temporaryFolder();
    const { token, path } = successOf(await loadToken(stateDir));
    chmodSync(path, mode);
    const again = successOf(await loadToken(stateDir));
    expect(again.token).toBe(token);
    expect(again.notice).toContain('could be read by others');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(successOf(await loadToken(stateDir)).notice).toBeNull();
  });

  it.each(['', 'short', `${'x'.repeat(43)}=`, `${'x'.repeat(43)}\n${'y'.repeat(43)}`])(
    'refuses a file that holds %j (INST-5)',
    async (content) => {
      const stateDir = temporaryFolder();
      writeFileSync(join(stateDir, 'token'), content, { mode: 0o600 });
      const { sentence } = failureOf(await loadToken(stateDir));
      expect(sentence).toContain('it holds no token');
      if (content !== '') expect(sentence).not.toContain(content);
    },
  );

  it('refuses a link and a file with a second name (INST-5)', async () => {
    const elsewhere = temporaryFolder();
    const { path } = successOf(await loadToken(elsewhere));
    const linked = temporaryFolder();
    symlinkSync(path, join(linked, 'token'));
    expect(failureOf(await loadToken(linked)).sentence).toContain('not a regular file');
    linkSync(path, join(elsewhere, 'second'));
    expect(failureOf(await loadToken(elsewhere)).sentence).toContain('second name');
  });
});
