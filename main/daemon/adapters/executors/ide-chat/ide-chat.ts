import type { PermissionAnswer } from '../../../../../contract/permission.ts';
import { err, ok, type Result } from '../../../../../contract/result.ts';
import type {
  Executor,
  ExecutorOutcome,
  ExecutorRun,
  ExecutorStartError,
  ExecutorTask,
  ExecutorVerdict,
  StopReason,
} from '../executor.ts';
import { outcomeOf } from '../outcome-of.ts';
import { awaitResult } from './await-result.ts';
import { type ChatFiles, clearAway, findFiles, layOut, PROMPT_FILE, RESULT_FILE } from './chat-files.ts';
import { describeTask } from './describe-task.ts';
import type { ChatResult } from './result-file.ts';

/** No program: hands the task to a chat in an IDE by a file in the worktree, and waits for the file that says what came of it. */
export function createIdeChatExecutor(name: string): Executor {
  return { name, agent: { canResume: false }, start, clearAway: clearLeftovers };
}

async function start(task: ExecutorTask): Promise<Result<ExecutorRun, ExecutorStartError>> {
  const files = await layOut(task.worktreePath, describeTask(task));
  if (!files.ok) return err({ summary: files.error });
  const { promise: stopped, resolve: stop } = Promise.withResolvers<StopReason>();
  return ok({ process: null, invocation: null, ended: accompany(task, files.value, stopped), stop });
}

async function clearLeftovers({ worktreePath, evidencePath }: Pick<ExecutorTask, 'worktreePath' | 'evidencePath'>) {
  const files = await findFiles(worktreePath);
  return files.ok ? clearAway(files.value, evidencePath) : [files.error];
}

type End = ExecutorVerdict & Pick<ExecutorOutcome, 'questions'>;

/** Whatever comes first: the file, the person's word, somebody who asks for the end. */
async function accompany(task: ExecutorTask, files: ChatFiles, stopped: Promise<StopReason>): Promise<ExecutorOutcome> {
  const over = new AbortController();
  const notice = (level: 'info' | 'warning', text: string) => task.onActivity({ kind: 'notice', level, text });
  notice('info', `The task is in ${PROMPT_FILE} of ${task.worktreePath}; its result is awaited in ${RESULT_FILE}`);
  const handedIn = awaitResult({
    folder: files.folder,
    path: files.resultPath,
    signal: over.signal,
    onUnreadable: (why) => notice('warning', `${RESULT_FILE} is no result yet: ${why}`),
  });
  const end = await Promise.race([
    handedIn.then((result) => (result === null ? new Promise<never>(() => undefined) : endOf(result))),
    askPerson(task, over.signal),
    stopped.then((reason): End => ({ end: { kind: 'stopped', reason }, summary: '', questions: [] })),
  ]);
  over.abort();
  return outcomeOf({ ...end, problems: await clearAway(files, task.evidencePath) });
}

function endOf({ status, summary, questions }: ChatResult): End {
  if (status === 'failed') {
    const sentence = summary === '' ? 'The chat handed the task in as failed' : summary;
    return { end: { kind: 'failed', failureClass: 'command_failed' }, summary: sentence, questions };
  }
  const asked = status === 'needs_input' && questions.length === 0 ? [summary === '' ? UNSAID : summary] : questions;
  const sentence = summary === '' ? 'The chat handed the task in.' : summary;
  return { end: { kind: 'completed' }, summary: sentence, questions: asked };
}

const UNSAID = 'The chat needs something and does not say what.';

/** Never settles when nobody answers: then the file or the end of the attempt is what counts. */
async function askPerson(task: ExecutorTask, signal: AbortSignal): Promise<End> {
  const sentence = `Have the chat of your IDE do the task in ${task.worktreePath}/${PROMPT_FILE}`;
  const reason = `Approve when it is done, unless ${RESULT_FILE} says so before`;
  const answer = await task.askPerson({ sentence, reason }, signal);
  return decided(answer) ?? new Promise<never>(() => undefined);
}

function decided(answer: PermissionAnswer): End | null {
  switch (answer.answer) {
    case 'allow':
      return { end: { kind: 'completed' }, summary: 'An operator declared it done.', questions: [] };
    case 'reject': {
      const summary = `An operator called it off: ${answer.reason}`;
      return { end: { kind: 'failed', failureClass: 'cancelled' }, summary, questions: [] };
    }
    case 'cancelled':
      return null;
  }
}
