import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InstanceId } from '../../../../contract/ids.ts';
import type { InstanceInfo } from '../../../../contract/instance.ts';
import type { Result } from '../../../../contract/result.ts';
import { decodeArtifact, encodeArtifact } from '../../../../contract/wire/artifact.ts';
import { decodeAttempt, encodeAttempt } from '../../../../contract/wire/attempt.ts';
import { encodeJson } from '../../../../contract/wire/encode-json.ts';
import { encodeTaskSpec } from '../../../../contract/wire/encode-task-spec.ts';
import { decodeEvent, encodeEvent } from '../../../../contract/wire/event.ts';
import { decodeGate, encodeGate } from '../../../../contract/wire/gate.ts';
import { decodeInstance, encodeInstance } from '../../../../contract/wire/instance.ts';
import { decodeResult, encodeResult } from '../../../../contract/wire/result.ts';
import { decodeRun, encodeRun, type RunView } from '../../../../contract/wire/run.ts';
import { decodeStep, encodeStep, viewStep } from '../../../../contract/wire/step.ts';
import { decodeTaskSpec } from '../../../../contract/wire/task-spec.ts';
import {
  decodeValidationsByAttempt,
  encodeValidationsByAttempt,
} from '../../../../contract/wire/validations-by-attempt.ts';
import { viewResult } from '../../../../contract/wire/view-result.ts';
import { decodeRunWait, decodeStepWait, encodeRunWait, encodeStepWait } from '../../../../contract/wire/wait.ts';
import {
  arbitraryArtifact,
  arbitraryAttempt,
  arbitraryEvent,
  arbitraryGate,
  arbitraryPhase,
  arbitraryRun,
  arbitraryStep,
  arbitraryTaskSpec,
  arbitraryValidation,
  idText,
  timeMs,
} from '../../../support/arbitrary-records.ts';

interface Codec<T> {
  readonly values: fc.Arbitrary<T>;
  readonly encode: (value: T) => unknown;
  readonly decode: (value: unknown) => Result<T, string>;
}

/** Over real bytes: what JSON cannot carry would show. */
function expectRoundTrip<T>({ values, encode, decode }: Codec<T>): void {
  fc.assert(
    fc.property(values, (value) => {
      expect(decode(JSON.parse(encodeJson(encode(value))))).toEqual({ ok: true, value });
    }),
    { numRuns: 200 },
  );
}

const runViews: fc.Arbitrary<RunView> = fc.record({
  run: arbitraryRun,
  phases: fc.option(fc.array(arbitraryPhase, { maxLength: 2 })),
});
const stepViews = arbitraryStep.map(viewStep);
const resultViews = fc
  .record({
    step: arbitraryStep,
    attempt: fc.option(arbitraryAttempt),
    validations: fc.array(arbitraryValidation, { maxLength: 2 }),
    // A record of zod's leaves this one name out; as a file it is an artifact like any other, by its id.
    artifacts: fc.array(
      arbitraryArtifact.filter(({ name }) => name !== '__proto__'),
      { maxLength: 3 },
    ),
    pendingGates: fc.array(arbitraryGate, { maxLength: 2 }),
  })
  .map(viewResult);
const gateIds = fc.array(arbitraryGate, { maxLength: 2 }).map((gates) => gates.map(({ id }) => id));

describe('WIRE-12: what is written is read back', () => {
  it('run', () => expectRoundTrip({ values: runViews, encode: encodeRun, decode: decodeRun }));

  it('step', () => expectRoundTrip({ values: stepViews, encode: encodeStep, decode: decodeStep }));

  it('result', () => expectRoundTrip({ values: resultViews, encode: encodeResult, decode: decodeResult }));

  it('artifact', () => expectRoundTrip({ values: arbitraryArtifact, encode: encodeArtifact, decode: decodeArtifact }));

  it('gate', () => expectRoundTrip({ values: arbitraryGate, encode: encodeGate, decode: decodeGate }));

  it('task', () => expectRoundTrip({ values: arbitraryTaskSpec, encode: encodeTaskSpec, decode: decodeTaskSpec }));

  it('attempt, without what only recovery needs', () => {
    const views = arbitraryAttempt.map(({ mark: _mark, pidStartTicks: _ticks, ...view }) => view);
    expectRoundTrip({ values: views, encode: encodeAttempt, decode: decodeAttempt });
  });

  it('validations by attempt', () => {
    const maps = fc
      .array(fc.tuple(idText, fc.array(arbitraryValidation, { maxLength: 2 })), { maxLength: 3 })
      .map((entries) => new Map(entries));
    expectRoundTrip({ values: maps, encode: encodeValidationsByAttempt, decode: decodeValidationsByAttempt });
  });

  it('WIRE-13: event, of a known type or not', () => {
    const events = fc.tuple(arbitraryEvent, fc.constantFrom('run.created', 'moon.landed'));
    const views = events.map(([event, type]) => ({ ...event, type }));
    expectRoundTrip({ values: views, encode: encodeEvent, decode: decodeEvent });
  });

  it('instance', () => {
    const values: fc.Arbitrary<InstanceInfo> = fc.record({
      id: idText.map((id) => InstanceId.parse(id)),
      version: fc.string(),
      repoRoot: fc.string(),
      stateDir: fc.string(),
      workspaceRoot: fc.string(),
      host: fc.string(),
      port: fc.nat(65_535),
      baseUrl: fc.string(),
      executionMode: fc.constantFrom('simulation', 'real'),
      pid: fc.nat(),
      startedAtMs: timeMs,
      nodeVersion: fc.string(),
      system: fc.string(),
    });
    expectRoundTrip({ values, encode: encodeInstance, decode: decodeInstance });
  });

  it('the answers to a wait', () => {
    const end = { isTerminal: fc.boolean(), hasTimedOut: fc.boolean(), gates: gateIds };
    expectRoundTrip({
      values: fc.record({ ...end, step: stepViews, result: fc.option(resultViews) }),
      encode: encodeStepWait,
      decode: decodeStepWait,
    });
    expectRoundTrip({ values: fc.record({ ...end, run: runViews }), encode: encodeRunWait, decode: decodeRunWait });
  });
});
