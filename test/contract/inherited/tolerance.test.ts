import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { encodeArtifact } from '../../../contract/wire/artifact.ts';
import { encodeJson, listOrNull } from '../../../contract/wire/encode-json.ts';
import { encodeResult } from '../../../contract/wire/result.ts';
import { encodeRun } from '../../../contract/wire/run.ts';
import { encodeStepRecord } from '../../../contract/wire/step.ts';
import { encodeValidationsByAttempt } from '../../../contract/wire/validations-by-attempt.ts';
import { viewResult } from '../../../contract/wire/view-result.ts';
import {
  arbitraryArtifact,
  arbitraryAttempt,
  arbitraryGate,
  arbitraryPhase,
  arbitraryRun,
  arbitraryStep,
  arbitraryValidation,
} from '../../support/arbitrary-records.ts';
import { whyNotDecoded } from './client-decoder.ts';
import type { ShapeName } from './shapes.ts';

/** As it comes over the wire. */
const sent = (value: unknown): unknown => JSON.parse(encodeJson(value));

function expectReadable(shape: ShapeName, value: unknown): void {
  expect(whyNotDecoded(shape, sent(value))).toEqual([]);
}

describe('the inherited client reads every answer of ours', () => {
  it('of runs', () => {
    fc.assert(
      fc.property(arbitraryRun, fc.option(fc.array(arbitraryPhase)), (run, phases) => {
        expectReadable('Run', encodeRun({ run, phases }));
      }),
    );
  });

  it('of steps', () => {
    fc.assert(fc.property(arbitraryStep, (step) => expectReadable('Step', encodeStepRecord(step))));
  });

  it('of results, whatever the step came to', () => {
    const facts = fc.record({
      step: arbitraryStep,
      attempt: fc.option(arbitraryAttempt),
      validations: fc.array(arbitraryValidation, { maxLength: 3 }),
      artifacts: fc.array(arbitraryArtifact, { maxLength: 3 }),
      pendingGates: fc.array(arbitraryGate, { maxLength: 2 }),
    });
    fc.assert(fc.property(facts, (known) => expectReadable('Result', encodeResult(viewResult(known)))));
  });

  it('of artifacts and validations', () => {
    fc.assert(
      fc.property(fc.array(arbitraryArtifact), fc.array(arbitraryValidation), (artifacts, validations) => {
        expectReadable('Artifacts', listOrNull(artifacts.map(encodeArtifact)));
        expectReadable('Validations', encodeValidationsByAttempt(new Map([['a-1', validations]])));
      }),
    );
  });
});

describe('what the inherited client reads', () => {
  it.each([
    ['Step', { id: 's', ID: 't', more: {}, validations: null, created_at: null }],
    ['Step', { id: 's', created_at: '2026-11-20T06:43:47+01:00', timeout_seconds: 3.0 }],
    ['Result', {}],
    ['Result', { artifacts: {}, validations: [{}], provisioning: { log: [] } }],
    ['Runs', null],
    ['Validations', { 'a-1': null }],
  ] as const)('%s %j', (shape, value) => {
    expect(whyNotDecoded(shape, value)).toEqual([]);
  });

  it.each([
    ['Step', { ID: 5 }],
    ['Step', { created_at: '' }],
    ['Step', { created_at: '2026-11-20 06:43:47Z' }],
    ['Step', { timeout_seconds: 1.5 }],
    ['Step', { timeout_seconds: '1' }],
    ['Step', { validations: {} }],
    ['Step', []],
    ['Result', { artifacts: { a: 1 } }],
    ['Result', { artifacts: { a: { path: '/' } } }],
    ['Result', { files_changed: [1] }],
    ['Result', { validations: [{ duration_ms: 0.1 }] }],
    ['Result', { validations: [{ updated_at: '' }] }],
    ['Result', { is_simulation: 'yes' }],
    ['Validations', []],
  ] as const)('not %s %j', (shape, value) => {
    expect(whyNotDecoded(shape, value)).toHaveLength(1);
  });
});
