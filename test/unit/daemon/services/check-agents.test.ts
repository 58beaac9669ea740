import { describe, expect, it } from 'vitest';
import type { ExecutorShelf } from '../../../../main/daemon/domain/executor-shelf.ts';
import { checkAgents } from '../../../../main/daemon/services/check-agents.ts';
import type { ExecutorProbe, Executors } from '../../../../main/daemon/services/ports/executors.ts';
import { sampleExecutors, sampleProfile, sampleShelf } from '../../../support/sample-shelf.ts';

/** By name; whoever is not in it has no program here. */
function executorsWith(probes: Readonly<Record<string, Partial<ExecutorProbe>>>, shelf?: ExecutorShelf): Executors {
  const base = sampleExecutors(shelf);
  return { ...base, probe: async (listed) => ({ ...(await base.probe(listed)), ...probes[listed.name] }) };
}

const at = (path: string, version: string | null = null) => ({ path, version });

describe('what doctor says of agents (SRV-61)', () => {
  it('nothing but that none is installed', async () => {
    expect(
      await checkAgents({ executors: executorsWith({ command: { mode: 'real', program: at('/bin/sh') } }) }),
    ).toEqual([
      { name: 'agents', result: 'ok', detail: 'none is ready; command and simulation need none', advice: '' },
    ]);
  });

  it('which are installed, and once for each program that nobody is logged in', async () => {
    const shelf = sampleShelf(
      ['claude', 'qwen'],
      [sampleProfile({ name: 'codex' }), sampleProfile({ name: 'codex-app-server', agent: 'codex' })],
    );
    const codex = { mode: 'real', program: at('/usr/bin/codex', '1.0'), isLoggedIn: false } as const;
    const executors = executorsWith(
      {
        claude: { mode: 'real', program: at('/usr/bin/claude', '2.1'), isLoggedIn: true },
        codex,
        'codex-app-server': codex,
        qwen: { mode: 'real', program: at('/usr/bin/qwen') },
      },
      shelf,
    );
    expect(await checkAgents({ executors })).toEqual([
      { name: 'agents', result: 'ok', detail: 'claude (2.1), qwen, codex (1.0), codex-app-server (1.0)', advice: '' },
      {
        name: 'agent codex, codex-app-server',
        result: 'warning',
        detail: 'is installed, and nobody is logged in',
        advice: 'log in with its own program, or name its key under "environment" of a profile',
      },
    ]);
  });

  it('which profile lacks something beside its program', async () => {
    const detail = 'environment: MY_KEY is taken from OTHER_KEY, which is not set';
    const executors = executorsWith(
      { claude: { program: at('/usr/bin/claude', '2.1'), detail } },
      sampleShelf(['claude']),
    );
    expect(await checkAgents({ executors })).toMatchObject([
      { name: 'agents', result: 'ok', detail: 'none is ready; command and simulation need none' },
      {
        name: 'profile claude',
        result: 'warning',
        detail,
        advice: 'set it where the daemon is started, or mend the profile',
      },
    ]);
  });

  it('which profiles cannot be used, and which folder', async () => {
    const source = { kind: 'repository', file: '.codencer/executors/x.yaml' } as const;
    const problems = ['.codencer/executors/x.yaml:2: no', 'x.yaml:3: nor this'] as const;
    const { executors } = sampleShelf();
    const shelf = {
      executors: new Map([...executors, ['x', { name: 'x', source, profile: null, problems }] as const]),
      problems: ['the folder leads out'],
    };
    const [, ...checks] = await checkAgents({ executors: executorsWith({}, shelf) });
    expect(checks).toEqual([
      { name: 'profile x', result: 'warning', detail: problems.join('; '), advice: 'mend or remove its file' },
      {
        name: 'profiles',
        result: 'warning',
        detail: 'the folder leads out',
        advice: 'make it a folder of the repository',
      },
    ]);
  });
});
