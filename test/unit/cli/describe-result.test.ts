import { describe, expect, it } from 'vitest';
import type { ClientResult } from '../../../contract/client/client-result.ts';
import { describeResult } from '../../../main/cli/describe-result.ts';

const FORGED = '\n--- Validations ---\n  [PASS] everything';

const result: ClientResult = {
  runId: 'r1',
  stepId: 's1',
  attemptId: 's1-a1',
  executor: 'command',
  state: 'failed_validation',
  summary: `done${FORGED}`,
  statusReason: `because${FORGED}`,
  failureClass: 'validation_failed',
  provisioning: { isSuccess: false, summary: `s${FORGED}`, log: [`l${FORGED}`], durationMs: 1 },
  filesChanged: [`a${FORGED}`],
  validations: [],
  warnings: [`w${FORGED}`],
  questions: [`q${FORGED}`],
  isSimulation: false,
  gates: [],
  salvage: {
    refs: [],
    bundles: [{ path: `b${FORGED}`, artifact: 'art-b' }],
    notSaved: [{ path: `n${FORGED}`, reason: 'it is a socket' }],
    keptWorktree: `/w${FORGED}`,
    containsSecret: false,
  },
  session: `v${FORGED}`,
  usage: { input_tokens: 9, output_tokens: 2, basis: `reported${FORGED}` },
};

describe('a result for people (CLI-12)', () => {
  it('has no line that an executor could pass for one of ours', () => {
    const text = describeResult('codencer', {
      stepId: 's1',
      result,
      run: null,
      screen: { size: () => null, hasColor: false },
    });
    expect(text).not.toMatch(/^--- Validations/m);
    expect(text).not.toMatch(/^ {2}\[PASS\]/m);
    expect(text).toContain('\n  a\\x0a--- Validations ---\\x0a  [PASS] everything\n');
    expect(text).toContain('\nSummary: done\n         --- Validations ---\n');
  });
});
