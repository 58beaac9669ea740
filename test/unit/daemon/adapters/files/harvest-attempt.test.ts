import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AttemptId, RunId, StepId } from '../../../../../contract/ids.ts';
import { createAttemptFolder } from '../../../../../main/daemon/adapters/files/artifact-store.ts';
import { harvestAttempt } from '../../../../../main/daemon/adapters/files/harvest-attempt.ts';
import { writeProvenance } from '../../../../../main/daemon/adapters/files/provenance.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const signal = new AbortController().signal;
const place = { runId: RunId.parse('r'), stepId: StepId.parse('s'), attemptId: AttemptId.parse('s-a1') };

async function prepare() {
  const root = join(temporaryFolder(), 'artifacts');
  const task = { original: { format: 'txt', text: 'goal' }, normalizedTask: { goal: 'goal' } };
  successOf(await writeProvenance({ root, place, submission: 2, repoRoot: temporaryFolder(), signal, ...task }));
  return { root, folder: successOf(await createAttemptFolder(root, place)) };
}

describe('harvestAttempt', () => {
  it('lists the submission with the attempt (FILE-16)', async () => {
    const { root, folder } = await prepare();
    writeFileSync(join(folder, 'stdout.log'), 'out');
    const { files } = successOf(await harvestAttempt({ root, place, submission: 2, signal }));
    expect(files.map(({ name, type }) => [name, type])).toEqual([
      ['instructions.json', 'file'],
      ['normalized-task.json', 'input_json'],
      ['original-input.txt', 'file'],
      ['stdout.log', 'stdout'],
    ]);
  });

  it('lets no file of the executor pass for one of the submission (FILE-16)', async () => {
    const { root, folder } = await prepare();
    mkdirSync(join(folder, 'attempt'));
    writeFileSync(join(folder, 'normalized-task.json'), '{"goal":"mine"}');
    writeFileSync(join(folder, 'attempt/normalized-task.json'), '{}');
    const { files } = successOf(await harvestAttempt({ root, place, submission: 2, signal }));
    const tasks = files.filter(({ name }) => name.endsWith('normalized-task.json'));
    expect(tasks.map(({ name, type, sizeBytes }) => [name, type, sizeBytes])).toEqual([
      ['normalized-task.json', 'input_json', 21],
      ['attempt/normalized-task.json', 'file', 2],
      ['attempt/attempt/normalized-task.json', 'file', 15],
    ]);
  });

  it('says that the submission is gone', async () => {
    const { root } = await prepare();
    expect(failureOf(await harvestAttempt({ root, place, submission: 1, signal })).kind).toBe('missing');
  });
});
