import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { findProgram } from '../../../../../main/daemon/adapters/executors/find-program.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

/** A program of this name on a PATH that has nothing else before the system's own. */
function programOf(script: string) {
  const folder = temporaryFolder();
  const path = join(folder, 'agent');
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { folder, path, env: { PATH: `relative:${folder}:/usr/bin:/bin` } };
}

describe('findProgram', () => {
  it('finds a program by its name or its path, with the first line of its version', async () => {
    const { path, env } = programOf('echo "agent 1.2.3"; echo "built today"');
    const found = { path, version: 'agent 1.2.3' };
    expect(await findProgram('agent', env)).toEqual(found);
    expect(await findProgram(path, {})).toEqual(found);
  });

  it('finds none where nothing can be run', async () => {
    const { folder, env } = programOf('');
    writeFileSync(join(folder, 'notes'), '', { mode: 0o644 });
    expect(await findProgram('notes', env)).toBeNull();
    expect(await findProgram(folder, env)).toBeNull();
  });

  it.each(['echo "agent 1.2.3"; exit 1', 'exec cat /dev/zero', 'echo "   "'])(
    'knows no version of one that does: %s',
    async (script) => {
      const { path, env } = programOf(script);
      expect(await findProgram('agent', env)).toEqual({ path, version: null });
    },
  );

  it('does not wait for somebody who left the program with its output in hand', async () => {
    const { path, folder, env } = programOf(
      'setsid sh -c \'echo $$ > "$0/pid"; exec sleep 60\' "$(dirname "$0")" &\nwait',
    );
    onTestFinished(() => void process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGKILL'));
    expect(await findProgram('agent', env)).toEqual({ path, version: null });
  });
});
