import { describe, expect, it } from 'vitest';

import { followRecord } from '../../../../main/cli/watch/watch-model.ts';

describe('the gates of a step that is watched (CLI-23)', () => {
  it('are those that wait, whatever else is answered meanwhile', () => {
    const record = followRecord();
    const place = { atMs: 1, actor: 'daemon', runId: 'r', stepId: 's', attemptId: 's-a1', payload: {} };
    let seq = 0;
    const tell = (type: string, gateId: string) => {
      seq += 1;
      record.apply({ ...place, seq, type, gateId });
      return record.model().steps.get('s')?.gateIds;
    };
    expect(tell('gate.opened', 'p1')).toEqual(['p1']);
    expect(tell('gate.decided', 'p2')).toEqual(['p1']);
    expect(tell('gate.opened', 'p3')).toEqual(['p1', 'p3']);
    expect(tell('gate.withdrawn', 'p1')).toEqual(['p3']);
    expect(tell('gate.expired', 'p3')).toEqual([]);
  });
});
