import { z } from 'zod';

import { GateId, RunId, StepId } from '../ids.ts';
import type { Result } from '../result.ts';
import { RunState } from '../run-state.ts';
import { StepState } from '../step-state.ts';
import { decodeWith, wireIfAny, wireList, wireObject } from './decode.ts';
import { encodeResult, type ResultView, WireResult } from './result.ts';
import { encodeRun, type RunView, WireRun } from './run.ts';
import { encodeStep, type StepView, WireStep } from './step.ts';

const DEFAULT_TIMEOUT_MS = 300_000;
/** What a timer can hold: 24.8 days. */
const MAX_TIMEOUT_MS = 2_147_483_647;

/** `interval_ms` is accepted for older callers and means nothing: the wait wakes on the commit. */
export const WaitRequest = wireObject({
  timeout_ms: z.int().nonnegative().max(MAX_TIMEOUT_MS).default(DEFAULT_TIMEOUT_MS),
  interval_ms: z.int().nonnegative().optional(),
  include_result: z.boolean().default(false),
})
  .transform((wire) => ({ timeoutMs: wire.timeout_ms, includeResult: wire.include_result }))
  .meta({ id: 'WaitRequest' });
export type WaitRequest = z.infer<typeof WaitRequest>;

/** How a wait ended. Neither `isTerminal` nor `hasTimedOut`: somebody has to decide something first. */
interface WaitEnd {
  readonly isTerminal: boolean;
  readonly hasTimedOut: boolean;
  readonly gates: readonly GateId[];
}

export interface StepWaitView extends WaitEnd {
  readonly step: StepView;
  /** Only when it was asked for and the step has ended. */
  readonly result: ResultView | null;
}

export const encodeStepWait = ({ step, result, ...end }: StepWaitView) => ({
  step_id: step.id,
  state: step.state,
  terminal: end.isTerminal,
  timed_out: end.hasTimedOut,
  step: encodeStep(step),
  result: result === null ? undefined : encodeResult(result),
  gates: end.gates,
});

export interface RunWaitView extends WaitEnd {
  readonly run: RunView;
}

export const encodeRunWait = ({ run, ...end }: RunWaitView) => ({
  run_id: run.run.id,
  state: run.run.state,
  terminal: end.isTerminal,
  timed_out: end.hasTimedOut,
  run: encodeRun(run),
  gates: end.gates,
});

const endShape = { terminal: z.boolean(), timed_out: z.boolean(), gates: wireList(GateId) };

export const WireStepWait = wireObject({
  step_id: StepId,
  state: StepState,
  ...endShape,
  step: WireStep,
  result: wireIfAny(WireResult),
})
  .transform(
    (wire): StepWaitView => ({
      step: wire.step,
      result: wire.result,
      isTerminal: wire.terminal,
      hasTimedOut: wire.timed_out,
      gates: wire.gates,
    }),
  )
  .meta({
    id: 'StepWait',
    description: 'How a wait ended. Neither terminal nor timed out: somebody has to decide something first.',
  });

export const decodeStepWait = (value: unknown): Result<StepWaitView, string> => decodeWith(WireStepWait, value);

export const WireRunWait = wireObject({ run_id: RunId, state: RunState, ...endShape, run: WireRun })
  .transform(
    (wire): RunWaitView => ({
      run: wire.run,
      isTerminal: wire.terminal,
      hasTimedOut: wire.timed_out,
      gates: wire.gates,
    }),
  )
  .meta({
    id: 'RunWait',
    description: 'How a wait ended. Neither terminal nor timed out: somebody has to decide something first.',
  });

export const decodeRunWait = (value: unknown): Result<RunWaitView, string> => decodeWith(WireRunWait, value);
