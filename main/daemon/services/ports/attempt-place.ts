import type { AttemptId, RunId, StepId } from '../../../../contract/ids.ts';

export interface AttemptPlace {
  readonly runId: RunId;
  readonly stepId: StepId;
  readonly attemptId: AttemptId;
}
