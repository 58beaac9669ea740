import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeName } from '../../../contract/escape-name.ts';
import { arbitraryName, TREACHEROUS_NAMES } from '../../support/arbitrary-names.ts';

const run = promisify(execFile);
const SAMPLES = 200;
const AT_ONCE = 8;

/** What git says about the name as a folder and as the last part of a ref. */
async function refusalOfGit(id: string): Promise<readonly string[]> {
  const name = escapeName(id);
  const refs = [`refs/codencer/${name}/x`, `refs/codencer/x/${name}`];
  const verdicts = refs.map((ref) =>
    run('git', ['check-ref-format', ref]).then(
      () => [],
      () => [`${JSON.stringify(id)} → ${ref}`],
    ),
  );
  return (await Promise.all(verdicts)).flat();
}

async function refusalsOfGit(ids: readonly string[]): Promise<readonly string[]> {
  const refused: string[] = [];
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    refused.push(...(await Promise.all(ids.slice(start, start + AT_ONCE).map(refusalOfGit))).flat());
  }
  return refused;
}

describe('an escaped name', () => {
  it('is a component of a ref to git, however treacherous the id (NAME-3)', async () => {
    expect(await refusalsOfGit(TREACHEROUS_NAMES)).toEqual([]);
  });

  it('is a component of a ref to git, whatever the id (NAME-3)', async () => {
    expect(await refusalsOfGit(fc.sample(arbitraryName, SAMPLES))).toEqual([]);
  });

  it('is needed: git refuses many of the ids as they are (NAME-3)', async () => {
    await expect(run('git', ['check-ref-format', 'refs/codencer/a.lock/x'])).rejects.toMatchObject({ code: 1 });
  });
});
