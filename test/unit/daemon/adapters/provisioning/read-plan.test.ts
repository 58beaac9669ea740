import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProvisioningPlan } from '../../../../../main/daemon/adapters/provisioning/read-plan.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

function repositoryWith(files: Readonly<Record<string, unknown>>): string {
  const root = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}

describe('readProvisioningPlan', () => {
  it('declares nothing without sources', async () => {
    const plan = await readProvisioningPlan(temporaryFolder());
    expect(plan).toEqual({ ok: true, value: { copy: [], symlinks: [], postCreate: null } });
  });

  it('reads each source (PROV-1)', async () => {
    const workspace = { provisioning: { copy: ['.env'], symlinks: ['a'], hooks: { post_create: 'one' } } };
    const grove = 'workspace:\n  setup: {copy: [.env.local], symlinks: [b]}\n  hooks: {post_create: two}\nname: other';
    const rc = { symlink: ['c'], afterCreate: 'three', prefix: 'other' };
    const read = async (files: Readonly<Record<string, unknown>>) =>
      successOf(await readProvisioningPlan(repositoryWith(files)));
    expect(await read({ '.codencer/workspace.json': workspace })).toEqual({
      copy: ['.env'],
      symlinks: ['a'],
      postCreate: 'one',
    });
    expect(await read({ 'grove.yaml': grove })).toEqual({ copy: ['.env.local'], symlinks: ['b'], postCreate: 'two' });
    expect(await read({ '.groverc.json': rc })).toEqual({ copy: [], symlinks: ['c'], postCreate: 'three' });
  });

  it('takes each field from the first source in which it is not empty (PROV-1)', async () => {
    const root = repositoryWith({
      '.codencer/workspace.json': { provisioning: { copy: [], symlinks: ['a'], hooks: { post_create: ' ' } } },
      'grove.yaml': 'workspace: {setup: {copy: [b], symlinks: [b]}}',
      '.groverc.json': { symlink: ['c'], afterCreate: 'three' },
    });
    expect(successOf(await readProvisioningPlan(root))).toEqual({ copy: ['b'], symlinks: ['a'], postCreate: 'three' });
  });

  it.each([
    ['.codencer/workspace.json', '{', '.codencer/workspace.json:1:2: it is not valid JSON'],
    ['.codencer/workspace.json', [], '.codencer/workspace.json: it must hold a mapping of keys'],
    [
      '.codencer/workspace.json',
      { provisioning: { symlink: [] } },
      '.codencer/workspace.json: provisioning.symlink is not a known key; known ones: copy, symlinks, hooks',
    ],
    [
      '.codencer/workspace.json',
      { provisioning: { hooks: { postCreate: '' } } },
      '.codencer/workspace.json: provisioning.hooks.postCreate is not a known key; known ones: post_create',
    ],
    [
      '.codencer/workspace.json',
      { provisioning: [] },
      '.codencer/workspace.json: provisioning must be a mapping of keys',
    ],
    [
      '.codencer/workspace.json',
      { provisioning: { copy: '.env' } },
      '.codencer/workspace.json: provisioning.copy must be a list of texts',
    ],
    ['grove.yaml', 'workspace: {setup: {copy: [1]}}', 'grove.yaml: workspace.setup.copy must be a list of texts'],
    ['grove.yaml', 'workspace: {hooks: {post_create: [a]}}', 'grove.yaml: workspace.hooks.post_create must be a text'],
    ['.groverc.json', { afterCreate: 'a\0b' }, '.groverc.json: afterCreate contains a null character'],
  ])('fails on %s with %j (PROV-2)', async (file, content, sentence) => {
    expect(failureOf(await readProvisioningPlan(repositoryWith({ [file]: content })))).toBe(sentence);
  });

  it('fails on a source that leads out of the repository (PROV-2)', async () => {
    const root = temporaryFolder();
    symlinkSync('/etc/hostname', join(root, 'grove.yaml'));
    expect(failureOf(await readProvisioningPlan(root))).toContain('leads out of');
  });
});
