import type { StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Executor, ExecutorRun } from '../adapters/executors/executor.ts';
import { composePrompt } from '../domain/compose-prompt.ts';
import { withoutKeys } from '../domain/redaction/key-shapes.ts';
import { type AttemptWork, toldIn } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import type { PermissionDesk } from './permission-desk.ts';
import type { ActivityRecorder } from './record-activity.ts';
import { recordMilestones } from './record-milestones.ts';
import type { LogPair } from './with-logs.ts';

export interface ExecutorStart {
  readonly work: AttemptWork;
  readonly executor: Executor;
  readonly logs: LogPair;
  /** Null: the executor is no agent. */
  readonly activity: ActivityRecorder | null;
  readonly desk: PermissionDesk;
  readonly redact: (text: string) => string;
}

/** Gives the executor of an attempt its task, its variables, and whom it may ask. */
export async function startExecutor(
  context: ServiceContext,
  { work, executor, logs, activity, desk, redact }: ExecutorStart,
): Promise<Result<ExecutorRun, string>> {
  const { place, step, mark, worktreePath, evidencePath, resume } = work;
  const environment = await environmentOf(context, work);
  if (!environment.ok) return environment;
  const told = toldIn(work);
  if (executor.agent !== null || readsTaskFile(step)) {
    const kept = await context.evidence.writeText(place, 'prompt.txt', told);
    if (!kept.ok) return err(kept.error.sentence);
  }
  const started = await executor.start({
    ...place,
    spec: step.spec,
    requestedName: step.executor,
    worktreePath,
    evidencePath,
    env: environment.value,
    mark,
    ...logs,
    redact,
    onProgress: (progress) => recordMilestones(context, work, [progress]),
    onActivity: (one) => activity?.record(one),
    askPermission: async (request, takenBack) => {
      const answered = await desk.ask(request, takenBack);
      activity?.asked(request, answered);
      return answered.answer;
    },
    askPerson: desk.askPerson,
    prompt: composePrompt(step.spec),
    resumeSession: resume?.session ?? null,
    message: resume === null ? null : told,
  });
  return started.ok ? started : err(withoutKeys(redact(started.error.summary)));
}

/** The operator's variables, those that the profile names, and at last our own. A simulation runs nothing. */
async function environmentOf(
  { executors, processes, workspaces }: ServiceContext,
  { place, step, mark, isSimulation, evidencePath }: AttemptWork,
): Promise<Result<Readonly<Record<string, string>>, string>> {
  const named = isSimulation ? ok({}) : executors.environment(step.executor);
  if (!named.ok) return named;
  const taskFile = readsTaskFile(step) ? { [TASK_FILE]: `${evidencePath}/prompt.txt` } : {};
  return ok({ ...processes.environment(mark), ...named.value, ...taskFile, ...(await workspaces.environment(place)) });
}

/** Names the file that has the task as a text, for recipes that hand it to a tool. */
const TASK_FILE = 'CODENCER_TASK_FILE';

const readsTaskFile = ({ spec }: StepRecord): boolean =>
  (spec.recipe?.steps ?? []).some(({ run }) => run.includes(TASK_FILE));
