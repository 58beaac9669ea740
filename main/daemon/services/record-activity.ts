import type { Activity } from '../../../contract/activity.ts';
import { ok, type Result } from '../../../contract/result.ts';
import { encodeActivityLine } from '../../../contract/wire/activity.ts';
import { createMilestoneFinder } from '../domain/activity-milestones.ts';
import { createActivityRedactor } from '../domain/redaction/redact-activity.ts';
import { type AttemptWork, recipeVariables } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import type { Problem } from './ports/problem.ts';
import { createMilestoneLedger } from './record-milestones.ts';

/** Writes down what an agent does in one attempt. */
export interface ActivityRecorder {
  readonly record: (activity: Activity) => void;
  /** Settled when what was recorded is in its file; undefined while little is underway. */
  readonly caughtUp: () => Promise<void> | undefined;
  /** A sentence for each thing that is not whole. */
  readonly close: () => Promise<readonly string[]>;
}

/** The name of the log in the evidence of an attempt. */
export const ACTIVITY_LOG = 'activity.jsonl';

export async function openActivityRecorder(
  context: ServiceContext,
  work: AttemptWork,
): Promise<Result<ActivityRecorder, Problem>> {
  const { evidence, clock } = context;
  const opened = await evidence.openActivity(work.place);
  if (!opened.ok) return opened;
  const log = opened.value;
  const secretsIn = recipeVariables(work.step);
  const redactor = createActivityRedactor({
    redact: (text) => evidence.redact(text, secretsIn),
    startText: () => evidence.startText(secretsIn),
  });
  const finder = createMilestoneFinder();
  const ledger = createMilestoneLedger(context, work);
  let writing: Promise<void> | undefined;

  const write = (activities: readonly Activity[]) => {
    for (const activity of activities) {
      writing = log.write(Buffer.from(`${encodeActivityLine({ atMs: clock(), activity })}\n`));
      const milestone = finder.find(activity);
      if (milestone !== null) ledger.add(milestone);
    }
  };
  return ok({
    record: (activity) => write(redactor.push(activity)),
    caughtUp: () => writing,
    async close() {
      write(redactor.flush());
      ledger.close(finder.usage());
      const closed = await log.close();
      return closed.ok ? [] : [closed.error.sentence];
    },
  });
}
