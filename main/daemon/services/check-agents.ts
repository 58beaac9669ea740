import type { ServiceContext } from './context.ts';
import { type ExecutorList, listExecutors, type ProbedExecutor } from './list-executors.ts';
import type { Check } from './ports/check.ts';

/** Which coding agents are installed, who of them is not logged in, and which profiles cannot be used. */
export async function checkAgents(context: Pick<ServiceContext, 'executors'>): Promise<readonly Check[]> {
  const list = await listExecutors(context, { anew: false });
  return [
    checkInstalled(list.executors),
    ...list.executors.flatMap(checkProfile),
    ...list.problems.map(unread),
    ...checkLogins(list),
  ];
}

function checkInstalled(executors: readonly ProbedExecutor[]): Check {
  const installed = executors.filter(isUsableAgent).map(({ name, probe }) => {
    const version = probe.program?.version ?? null;
    return version === null ? name : `${name} (${version})`;
  });
  const detail = installed.length === 0 ? 'none is ready; command and simulation need none' : installed.join(', ');
  return { name: 'agents', result: 'ok', detail, advice: '' };
}

/** The built-in executors run a shell, or nothing. */
const isInstalledAgent = ({ source, probe }: ProbedExecutor): boolean =>
  source.kind !== 'built in' && probe.agent !== 'command' && probe.program !== null;

const isUsableAgent = (one: ProbedExecutor): boolean => isInstalledAgent(one) && one.probe.mode !== null;

function checkProfile(one: ProbedExecutor): readonly Check[] {
  const warn = (detail: string, advice: string): readonly Check[] => [
    { name: `profile ${one.name}`, result: 'warning', detail, advice },
  ];
  if (one.problems.length > 0) return warn(one.problems.join('; '), 'mend or remove its file');
  // Its program is here, and something else that it needs is not.
  const isStuck = one.probe.program !== null && one.probe.mode === null;
  return isStuck ? warn(one.probe.detail, 'set it where the daemon is started, or mend the profile') : [];
}

const unread = (problem: string): Check => ({
  name: 'profiles',
  result: 'warning',
  detail: problem,
  advice: 'make it a folder of the repository',
});

/** Several profiles may stand for one program: it is told once. */
function checkLogins({ executors }: ExecutorList): readonly Check[] {
  const open = executors.filter((one) => isInstalledAgent(one) && one.probe.isLoggedIn === false);
  const byProgram = Map.groupBy(open, ({ probe }) => probe.program?.path);
  return [...byProgram.values()].map((same) => ({
    name: `agent ${same.map(({ name }) => name).join(', ')}`,
    result: 'warning',
    detail: 'is installed, and nobody is logged in',
    advice: 'log in with its own program, or name its key under "environment" of a profile',
  }));
}
