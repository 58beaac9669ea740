import { PermissionRules } from '../../../contract/executor-profile.ts';
import type { PermissionRequest } from '../../../contract/permission.ts';
import type { AskPerson, PersonRequest } from '../adapters/executors/executor.ts';
import { isAskedByExecutor } from '../domain/asked-by-executor.ts';
import type { Answered } from '../domain/describe-answer.ts';
import { askPermission } from './ask-permission.ts';
import { type AttemptWork, readHeld } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { type Cause, recordGateClosed } from './ledger.ts';
import type { OpenQuestions } from './open-questions.ts';
import { persist } from './persist.ts';
import { recordStepGoesOn } from './record-permission.ts';

/** Where the executor of one attempt asks what it may do. */
export interface PermissionDesk {
  readonly ask: (request: PermissionRequest, takenBack: AbortSignal) => Promise<Answered>;
  readonly askPerson: AskPerson;
  /** The record says that the executor runs: what it asked before is asked now. */
  readonly begin: () => void;
  /**
   * From now on nobody is asked: who waits gets `cancelled` at once. Resolves when the record says so, and rejects with
   * `LeaseLost`.
   */
  readonly close: (cause: Cause) => Promise<void>;
}

export function openPermissionDesk(
  context: ServiceContext,
  parts: Pick<OpenQuestions, 'work' | 'redact' | 'clock'>,
): PermissionDesk {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const closing = new AbortController();
  const profile = profileOf(context, parts.work);
  const nothingYet = { allowances: new Map(), reaches: new Map(), askedOfPeople: 0 };
  const questions: OpenQuestions = { ...parts, ...nothingYet, profile, begun, closed: closing.signal };
  let lastCause: Cause | null = null;
  return {
    begin,
    ask: (request, signal) => askPermission(context, questions, { kind: 'permission', request, signal }),
    async askPerson(asked, signal) {
      const request = asPermission(parts.work, asked);
      return (await askPermission(context, questions, { kind: 'manual', request, signal })).answer;
    },
    async close(cause) {
      lastCause ??= cause;
      closing.abort();
      await withdrawOpen(context, parts.work, lastCause);
    },
  };
}

/** As it is now: what its files say later counts for later attempts. */
function profileOf({ executors }: ServiceContext, { step }: AttemptWork): OpenQuestions['profile'] {
  const { executor: name } = step;
  const profile = executors.shelf().executors.get(name)?.profile ?? null;
  return profile ?? { name, title: '', agent: name, permissions: PermissionRules.parse({}) };
}

const asPermission = ({ worktreePath }: AttemptWork, { sentence, reason }: PersonRequest): PermissionRequest => ({
  tool: 'person',
  toolKind: 'other',
  title: sentence,
  command: null,
  cwd: worktreePath,
  paths: [],
  diff: null,
  input: '',
  reason,
});

/** Writes nothing when nothing is open. */
async function withdrawOpen(context: ServiceContext, work: AttemptWork, cause: Cause): Promise<void> {
  const open = () => context.store.gates.pendingOfAttempt(work.attemptId).filter(isAskedByExecutor);
  if (open().length === 0) return;
  await persist(context, () =>
    context.store.transaction(() => {
      const { step } = readHeld(context, work);
      for (const gate of open()) recordGateClosed(context, gate, { ...cause, state: 'withdrawn' });
      recordStepGoesOn(context, step.id, cause.actor);
    }),
  );
}
