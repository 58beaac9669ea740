import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ScriptedModel, startScriptedModel } from '../../main/cli/demo/scripted-model/scripted-model.ts';
import { isPidAlive } from '../../main/cli/instance-file.ts';
import { createTaskClient } from '../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../support/temporary-repository.ts';
import { waitUntil } from '../support/wait-until.ts';
import { isOfWork } from './expect-nothing-left.ts';
import { killMarked } from './marked-processes.ts';
import { type Operator, operatorIn } from './operator.ts';
import { type Play, setUpPlays } from './profiles.ts';

/** A repository with agents in it, and a daemon that was started with `codencer up`. */
export interface Stage extends Pick<Operator, 'cli' | 'request'> {
  readonly repository: TemporaryRepository;
  readonly model: ScriptedModel;
  /** The commit that the live checkout is at. */
  readonly head: string;
  readonly client: ReturnType<typeof createTaskClient>;
  /** Of the daemon: in it each attempt has a folder for its temporary files. */
  readonly temporary: string;
  /** Of an agent: its home. */
  readonly folderOf: (play: Pick<Play, 'name'>) => string;
  /** `codencer up`, after the daemon was ended. */
  readonly up: () => Promise<void>;
  /** `codencer down`. */
  readonly down: () => Promise<void>;
  readonly killDaemon: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openStage(plays: readonly Play[]): Promise<Stage> {
  const model = await startScriptedModel();
  const repository = createRepository({ 'README.md': '# A repository with agents in it\n' });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codencer-agents-')));
  const { env, folders } = setUpPlays({ plays, model, folder, repoRoot: repository.root });
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const operator = operatorIn(repository.root, { ...env, ...environmentOfOperator(folder), TMPDIR: temporary });
  const { cli, must, request, daemonLog, daemonPid } = operator;
  const up = () => must('up', '--port', '0');
  await up();
  const killDaemon = () => kill(daemonPid());
  return {
    cli,
    request,
    repository,
    model,
    temporary,
    head: repository.git('rev-parse', 'HEAD').trim(),
    client: createTaskClient({ request, output: daemonLog }),
    folderOf: ({ name }) => folders.get(name) ?? '',
    up,
    down: () => must('down'),
    killDaemon,
    async close() {
      if (isPidAlive(daemonPid())) await waitUntil(() => !readdirSync(temporary).some(isOfWork));
      await killDaemon();
      for (const home of folders.values()) killMarked(home);
      await model.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      repository.remove();
    },
  };
}

function environmentOfOperator(folder: string) {
  const home = join(folder, 'operator');
  mkdirSync(home);
  return { HOME: home, XDG_STATE_HOME: join(home, 'state'), CODENCER_SLOTS: '8' };
}

/** One that has ended already is as good. */
async function kill(pid: number): Promise<void> {
  if (!isPidAlive(pid)) return;
  process.kill(pid, 'SIGKILL');
  await waitUntil(() => !isPidAlive(pid));
}
