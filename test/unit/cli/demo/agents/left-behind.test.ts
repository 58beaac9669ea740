import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { processesOfHome } from '../../../../../main/cli/demo/agents/left-behind.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

describe('who is alive of a home', () => {
  it('is found by its environment, and by all of its name', async () => {
    const home = temporaryFolder();
    const child = spawn('sleep', ['60'], { env: { PATH: process.env['PATH'], HOME: home } });
    await once(child, 'spawn');
    expect(processesOfHome(home)).toEqual([child.pid]);
    expect(processesOfHome(home.slice(0, -1))).toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(processesOfHome(home)).toEqual([]);
  });
});
