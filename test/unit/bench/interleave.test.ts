import { describe, expect, it } from 'vitest';
import { interleave } from '../../bench/interleave.ts';

describe('interleave', () => {
  it('takes turns, changes who begins, and forgets the warm-up', async () => {
    const order: string[] = [];
    const side = (name: string) => async (round: number) => {
      order.push(`${name}${round}`);
      return `${name}${round}`;
    };
    const taken = await interleave({ count: 2, warmUp: 1 }, { ours: side('o'), floor: side('f') });
    expect(order).toEqual(['o0', 'f0', 'f1', 'o1', 'o2', 'f2']);
    expect(taken).toEqual({ ours: ['o1', 'o2'], floor: ['f1', 'f2'] });
  });
});
