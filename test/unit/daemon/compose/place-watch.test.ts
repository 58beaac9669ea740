import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { watchPlace } from '../../../../main/daemon/compose/place-watch.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { temporaryStore } from '../../../support/temporary-store.ts';

function watchedRecord() {
  const file = join(temporaryFolder(), 'state/record');
  mkdirSync(dirname(file));
  writeFileSync(file, '');
  const watch = watchPlace([file]);
  onTestFinished(() => watch.stop());
  const store = watch.guard(temporaryStore().store);
  return { file, watch, write: () => store.transaction(() => 'written') };
}

describe('watchPlace', () => {
  it('INST-11: lets a record be written that is in its place', () => {
    const { write } = watchedRecord();
    expect(write()).toBe('written');
  });

  it('INST-11: refuses to write into one that was replaced, and says so once and for all', async () => {
    const { file, watch, write } = watchedRecord();
    renameSync(file, `${file}.before`);
    writeFileSync(file, '');
    expect(write).toThrow(expect.objectContaining({ code: 'RECORD_GONE' }));
    expect(await watch.gone).toContain(`${JSON.stringify(file)} was removed or moved`);
  });

  it('INST-11: takes a record for present that cannot be looked at now', () => {
    const { file, write } = watchedRecord();
    const folder = dirname(file);
    renameSync(folder, `${folder}.before`);
    // A loop of links: neither there nor missing, for root, too.
    symlinkSync(folder, folder);
    expect(write()).toBe('written');
  });
});
