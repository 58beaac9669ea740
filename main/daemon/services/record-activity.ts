import type { Activity } from '../../../contract/activity.ts';
import type { PermissionRequest } from '../../../contract/permission.ts';
import { ok, type Result } from '../../../contract/result.ts';
import { encodeActivityLine } from '../../../contract/wire/activity.ts';
import { createMilestoneFinder } from '../domain/activity-milestones.ts';
import { showBesideWorktree, titleBesideWorktree } from '../domain/beside-worktree.ts';
import { type Answered, describeAnswer } from '../domain/describe-answer.ts';
import { withoutKeys } from '../domain/redaction/key-shapes.ts';
import { createActivityRedactor } from '../domain/redaction/redact-activity.ts';
import { createTextBytes } from '../domain/text-bytes.ts';
import { createTranscript } from '../domain/transcript.ts';
import { type AttemptWork, recipeVariables, toldIn } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import type { EvidenceLog } from './ports/evidence.ts';
import type { Problem } from './ports/problem.ts';
import { createMilestoneLedger } from './record-milestones.ts';
import { whenBoth } from './when-both.ts';

/** Writes down what an agent does in one attempt, for programs and for people. */
export interface ActivityRecorder {
  readonly record: (activity: Activity) => void;
  /** Somebody or a rule was asked what the agent may do. */
  readonly asked: (request: PermissionRequest, answered: Answered) => void;
  /** Settled when what was recorded is in its file; undefined while little is underway. */
  readonly caughtUp: () => Promise<void> | undefined;
  /** A sentence for each thing that is not whole. */
  readonly close: (facts: { readonly questions: readonly string[] }) => Promise<readonly string[]>;
}

/** The name of the log in the evidence of an attempt. */
export const ACTIVITY_LOG = 'activity.jsonl';

export async function openActivityRecorder(
  context: ServiceContext,
  work: AttemptWork,
): Promise<Result<ActivityRecorder, Problem>> {
  const { evidence } = context;
  const log = await evidence.openClean(work.place, ACTIVITY_LOG);
  if (!log.ok) return log;
  const transcript = await evidence.openClean(work.place, 'transcript.md');
  if (transcript.ok) return ok(createRecorder(context, work, { log: log.value, transcript: transcript.value }));
  await log.value.close();
  return transcript;
}

interface Logs {
  readonly log: EvidenceLog;
  readonly transcript: EvidenceLog;
}

function createRecorder(context: ServiceContext, work: AttemptWork, { log, transcript }: Logs): ActivityRecorder {
  const { evidence, clock } = context;
  const secretsIn = recipeVariables(work.step);
  const redact = (text: string) => evidence.redact(text, secretsIn);
  const redactor = createActivityRedactor({ redact, startText: () => evidence.startText(secretsIn) });
  const bytesOf = createTextBytes();
  const finder = createMilestoneFinder();
  const ledger = createMilestoneLedger(context, work);
  const told = redact(toldIn(work));
  const story = createTranscript({ title: `Transcript of ${work.attemptId}`, told });
  let writing: Promise<void> | undefined;
  let telling: Promise<void> | undefined;

  const tell = (text: string) => {
    if (text !== '') telling = transcript.write(bytesOf(text));
  };
  const write = (activities: readonly Activity[]) => {
    for (const whole of activities) {
      const activity = withoutKeysInErrors(showBesideWorktree(whole, work.worktreePath));
      writing = log.write(bytesOf(`${encodeActivityLine({ atMs: clock(), activity })}\n`));
      tell(story.add(activity));
      const milestone = finder.find(activity);
      if (milestone !== null) ledger.add(milestone);
    }
  };
  return {
    record: (activity) => write(redactor.push(activity)),
    asked(request, answered) {
      const title = titleBesideWorktree(request, work.worktreePath);
      tell(story.asked(redact(`${request.tool}: ${title}`), redact(describeAnswer(answered))));
    },
    caughtUp: () => whenBoth(writing, telling),
    async close({ questions }) {
      write(redactor.flush());
      const usage = finder.usage();
      ledger.close(usage);
      tell(story.end({ questions, usage }));
      const closed = await Promise.all([log.close(), transcript.close()]);
      return closed.flatMap((one) => (one.ok ? [] : [one.error.sentence]));
    },
  };
}

/** They are few, and what went wrong with a login quotes the key. */
const withoutKeysInErrors = (activity: Activity): Activity =>
  activity.kind === 'notice' || activity.kind === 'retry'
    ? { ...activity, text: withoutKeys(activity.text) }
    : activity;
