import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

import { AttemptId } from '../../../../contract/ids.ts';
import { listChanges, openDiff, openFileDiff } from '../../../../main/daemon/services/read-changes.ts';
import { retryStep } from '../../../../main/daemon/services/retry-step.ts';
import { releaseSalvage } from '../../../../main/daemon/services/salvage.ts';
import { failureOf, successOf } from '../../../support/success-of.ts';
import {
  openRun,
  openTestServices,
  settled,
  shellTask,
  stepIdOf,
  submit,
  type TestServices,
} from '../../../support/test-services.ts';

const signal = new AbortController().signal;
const stepId = stepIdOf('s1');
const [FIRST, SECOND] = [AttemptId.parse('s1-a1'), AttemptId.parse('s1-a2')];

/** A name whose bytes are no UTF-8, as a shell writes it, and as it is told. */
const ODD = { shell: "$(printf 'odd\\377')", text: '"odd\\377"' };

/** Two attempts: the second one does something else. */
async function twoAttempts(): Promise<TestServices> {
  const services = await openTestServices();
  openRun(services);
  services.dispatcher.start();
  const counter = join(services.stateDir, 'tries');
  const run = [
    `echo x >> ${counter}`,
    `if [ $(wc -l < ${counter}) = 1 ]; then`,
    `echo one > both.txt; echo gone > first.txt; ln -s target type; rm README.md`,
    `else`,
    `echo two > both.txt; echo odd > "${ODD.shell}"; printf 'a\\0b' > binary.bin; echo plain > type; rm README.md`,
    `fi`,
  ].join('\n');
  await submit(services, shellTask(run, { stepId: 's1' }));
  await settled(services, stepId);
  successOf(retryStep(services.context, { stepId, actor: 'test' }));
  await settled(services, stepId);
  return services;
}

const textOf = async (source: AsyncIterable<Uint8Array> | null): Promise<string> =>
  source === null ? '' : (await buffer(source)).toString('latin1');

describe('changes', () => {
  it('SRV-42: of an attempt are those of its evidence, also when its work was let go of', async () => {
    const { context } = await twoAttempts();
    const first = successOf(await listChanges(context, { stepId, attemptId: FIRST, signal }));
    expect(first?.files.map(({ path, status }) => [path, status])).toEqual([
      ['README.md', 'deleted'],
      ['both.txt', 'added'],
      ['first.txt', 'added'],
      ['type', 'added'],
    ]);
    const newest = successOf(await listChanges(context, { stepId, signal }));
    expect(newest?.attemptId).toBe(SECOND);
    expect(newest?.files.find(({ path }) => path === 'binary.bin')).toMatchObject({ isBinary: true, sizeBytes: 3 });
    successOf(await releaseSalvage(context, { attemptId: FIRST, actor: 'test' }));
    const after = successOf(await listChanges(context, { stepId, attemptId: FIRST, signal }));
    expect(after?.files).toEqual(first?.files);
    expect(
      await textOf(successOf(await openFileDiff(context, { stepId, attemptId: FIRST, file: 'both.txt', signal }))),
    ).toContain('+one');
    const between = await listChanges(context, { stepId, fromId: FIRST, toId: SECOND, signal });
    expect(failureOf(between)).toMatchObject({
      code: 'not_found',
      message: 'the work of attempt s1-a1 is not kept any more',
    });
  });

  it('SRV-43: between two attempts are exactly what the one has and the other has not', async () => {
    const { context } = await twoAttempts();
    const pair = { stepId, fromId: FIRST, toId: SECOND, signal };
    const changes = successOf(await listChanges(context, pair));
    expect(changes?.files.map(({ path, status }) => [path, status])).toEqual([
      ['binary.bin', 'added'],
      ['both.txt', 'modified'],
      ['first.txt', 'deleted'],
      [ODD.text, 'added'],
      ['type', 'type-changed'],
    ]);
    const whole = await textOf(successOf(await openDiff(context, pair)));
    const parts: string[] = [];
    for (const { path } of changes?.files ?? []) {
      parts.push(await textOf(successOf(await openFileDiff(context, { ...pair, file: path }))));
    }
    expect(parts.join('')).toBe(whole);
    expect(parts[1]).toMatch(/^diff --git a\/both.txt b\/both.txt\n[\s\S]*-one\n\+two\n$/);
    expect(parts[3]).toContain('+odd');
    expect(parts[4]?.match(/^diff --git/gm)).toHaveLength(2);
    const same = successOf(await listChanges(context, { stepId, fromId: FIRST, toId: FIRST, signal }));
    expect(same?.files).toEqual([]);
  });

  it('are refused in words where there is nothing to compare', async () => {
    const { context } = await twoAttempts();
    const other = AttemptId.parse('s2-a1');
    expect(failureOf(await listChanges(context, { stepId, attemptId: other, signal })).code).toBe('attempt_not_found');
    expect(failureOf(await listChanges(context, { stepId, fromId: other, toId: FIRST, signal })).code).toBe(
      'attempt_not_found',
    );
    expect(failureOf(await openFileDiff(context, { stepId, file: '../x', signal })).message).toBe(
      'file: "../x" is not among the changed files',
    );
  });

  it('are none before the first attempt', async () => {
    const services = await openTestServices();
    openRun(services);
    await submit(services, shellTask('true', { stepId: 's1' }));
    expect(successOf(await listChanges(services.context, { stepId, signal }))).toBeNull();
    expect(successOf(await openDiff(services.context, { stepId, signal }))).toBeNull();
  });
});
