import { describe, expect, it } from 'vitest';
import { parseTask } from '../../../../../renderer/screens/submit/parse-task.ts';

describe('a task that is written out', () => {
  it('may be YAML or JSON', async () => {
    const expected = { ok: true, value: { goal: 'x', validations: [{ command: 'true' }] } };
    expect(await parseTask('goal: x\nvalidations:\n  - command: "true"\n', 'r')).toEqual(expected);
    expect(await parseTask('{"goal":"x","validations":[{"command":"true"}]}', 'r')).toEqual(expected);
  });

  it.each([
    ['', /empty/],
    ['- a\n- b', /object/],
    ['goal: [', /.+/],
    ['goal: a\ngoal: b', /unique/i],
    ['a: &a [*a]', /.+/],
    ['run_id: other', /for run other/],
  ])('is told what is wrong with %j', async (text, sentence) => {
    const parsed = await parseTask(text, 'r');
    expect(parsed.ok ? '' : parsed.error).toMatch(sentence);
  });

  it('does not multiply beyond measure', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefg'[i]}`).join(',')}]`),
    ].join('\n');
    expect((await parseTask(bomb, 'r')).ok).toBe(false);
  });
});
