import type { ClientInstance } from '../../../../contract/client/client-instance.ts';
import type { CliContext } from '../../cli-context.ts';
import { stopDaemon } from '../../daemon-control.ts';
import type { AgentFolder } from './agent-folder.ts';
import { processesOfHome } from './left-behind.ts';

export interface Remains {
  readonly daemon: Pick<ClientInstance, 'pid'>;
  readonly folder: Pick<AgentFolder, 'repoRoot' | 'home' | 'remove'>;
  /** The agent, as its vendor calls it. */
  readonly title: string;
}

/** Ends the daemon, looks for whoever is alive still, and removes the folder. False: something is left, and is told. */
export async function clearUp({ terminal }: CliContext, { daemon, folder, title }: Remains): Promise<boolean> {
  if (!(await stopDaemon(daemon.pid))) {
    terminal.err(`The daemon (pid ${daemon.pid}) has not ended; ${folder.repoRoot} is left to it.\n`);
    return false;
  }
  const alive = processesOfHome(folder.home);
  await folder.remove();
  if (alive !== null && alive.length > 0) {
    terminal.err(`${title} has left processes behind: ${alive.join(', ')}\n`);
    return false;
  }
  const programs = alive === null ? '' : `no process of ${title} runs, `;
  terminal.out(`nothing is left: ${programs}the daemon has ended, the folder is removed\n`);
  return true;
}
