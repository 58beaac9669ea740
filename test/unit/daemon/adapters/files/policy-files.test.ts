import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../../../main/daemon/adapters/files/policy-files.ts';
import { choosePolicy } from '../../../../../main/daemon/domain/policy/choose-policy.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

function repositoryWith(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

describe('loadPolicies', () => {
  it('finds nothing in a plain repository', async () => {
    const shelf = await loadPolicies(temporaryFolder());
    expect([shelf.policies.size, shelf.broken.size, shelf.unreadable]).toEqual([0, 0, []]);
  });

  it('reads all folders, and of one name the first (POL-12)', async () => {
    const shelf = await loadPolicies(
      repositoryWith({
        '.codencer/policies/a.yaml': 'gate_when: {changed_files_over: 1}',
        '.codencer/config/policies/b.yml': 'gate_when: {changed_files_over: 2}',
        'config/policies/a.yaml': 'gate_when: {changed_files_over: 3}',
        'config/policies/c.yaml': 'name: named\ngate_when: {changed_files_over: 4}',
        'config/policies/notes.txt': 'no policy',
      }),
    );
    const limits = [...shelf.policies].map(([name, { policy, file }]) => [
      name,
      file,
      policy.gateWhen.changedFilesOver,
    ]);
    expect(limits).toEqual([
      ['a', '.codencer/policies/a.yaml', 1],
      ['b', '.codencer/config/policies/b.yml', 2],
      ['named', 'config/policies/c.yaml', 4],
    ]);
  });

  it('breaks both of two files with one name in one folder (POL-12)', async () => {
    const shelf = await loadPolicies(
      repositoryWith({ 'config/policies/a.yaml': 'gate_when: {}', 'config/policies/b.yaml': 'name: a' }),
    );
    expect(shelf.broken.get('a')).toEqual(['config/policies/a.yaml and config/policies/b.yaml define the same policy']);
  });

  it('lets a broken file hide the good one behind it (POL-9, POL-14)', async () => {
    const shelf = await loadPolicies(
      repositoryWith({
        '.codencer/policies/default_safe_refactor.yaml': 'gatewhen: {changedfilesover: 3}',
        'config/policies/default_safe_refactor.yaml': 'gate_when: {changed_files_over: 3}',
      }),
    );
    expect(failureOf(choosePolicy(shelf, '')).message).toContain(
      '.codencer/policies/default_safe_refactor.yaml: gatewhen is not a known key',
    );
  });

  it('breaks a file that is no YAML, with line and without its text (POL-9)', async () => {
    const shelf = await loadPolicies(repositoryWith({ 'config/policies/a.yaml': 'name: a\nsecret-word: [1' }));
    const [sentence = ''] = shelf.broken.get('a') ?? [];
    expect(sentence).toMatch(/^config\/policies\/a\.yaml:2:\d+: /);
    expect(sentence).not.toContain('secret-word');
  });

  it('reads no file outside of the repository and none that is too large (POL-15)', async () => {
    const root = repositoryWith({ 'config/policies/big.yaml': `# ${'x'.repeat(300_000)}` });
    symlinkSync('/etc/passwd', join(root, 'config/policies/out.yaml'));
    const { broken } = await loadPolicies(root);
    expect(broken.get('out')?.[0]).toContain('leads out of');
    expect(broken.get('big')?.[0]).toContain('more than 256 KiB');
  });

  it('trusts nothing when a folder cannot be read (POL-14)', async () => {
    const root = repositoryWith({ 'config/policies': 'a file in the way' });
    expect(failureOf(choosePolicy(await loadPolicies(root), '')).code).toBe('invalid_policy');
    expect(successOf(choosePolicy(await loadPolicies(temporaryFolder()), '')).file).toBeNull();
  });
});
