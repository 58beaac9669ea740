import { describe, expect, it } from 'vitest';
import { createCliRepository } from '../../support/cli-repository.ts';

/** Small here; by hand: CODENCER_SUBMITS_IN_A_ROW=200 CODENCER_SUBMITS_AT_ONCE=50. */
const IN_A_ROW = Number(process.env['CODENCER_SUBMITS_IN_A_ROW'] ?? 10);
const AT_ONCE = Number(process.env['CODENCER_SUBMITS_AT_ONCE'] ?? 8);
const LIMIT_MS = 30_000 + (IN_A_ROW + AT_ONCE) * 3_000;

describe('many submits through the command line', { timeout: LIMIT_MS }, () => {
  it('end one after another in the right state, each readable from its first moment', async () => {
    const { cli } = createCliRepository();
    await cli('up', '--sim');
    await cli('run', 'start', 'row');
    const ids = new Set<string>();
    for (let turn = 0; turn < IN_A_ROW; turn++) {
      const failing = turn % 3 === 2;
      const check = failing ? 'exit 3' : 'true';
      const done = await cli('submit', 'row', '--goal', `task ${turn}`, '--validation', check, '--wait', '--json');
      const result = JSON.parse(done.stdout);
      expect([done.exitCode, result.state]).toEqual(failing ? [2, 'failed_validation'] : [0, 'completed']);
      ids.add(result.step_id);
    }
    expect(ids.size).toBe(IN_A_ROW);
  });

  it('end at once in the right state, none of them missing', async () => {
    const { cli, json } = createCliRepository();
    await cli('up', '--sim');
    await cli('run', 'start', 'once');
    const submits = Array.from({ length: AT_ONCE }, async (_, turn) => {
      const step = await json('submit', 'once', '--goal', `task ${turn}`);
      const first = await cli('step', 'result', String(step['id']), '--json');
      const last = await cli('step', 'wait', String(step['id']), '--json');
      return { first: first.exitCode, last: last.exitCode, state: JSON.parse(last.stdout).state };
    });
    const outcomes = await Promise.all(submits);
    expect(outcomes).toEqual(outcomes.map(() => ({ first: 0, last: 0, state: 'completed' })));
    const steps = await json('step', 'list', 'once');
    expect(steps).toHaveLength(AT_ONCE);
  });
});
