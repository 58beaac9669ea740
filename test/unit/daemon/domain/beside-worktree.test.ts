import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../../contract/activity.ts';
import { besideWorktree, showBesideWorktree } from '../../../../main/daemon/domain/beside-worktree.ts';

const W = '/r/.codencer/workspace/s-a1';

describe('ACT-10: paths of the worktree, for people', () => {
  it.each([
    [`${W}/src/a.ts`, 'src/a.ts'],
    [`Write ${W}/a b.ts`, 'Write a b.ts'],
    [`${W}/a.ts, ${W}/b.ts`, 'a.ts, b.ts'],
    [`Look at "${W}/a.ts"`, 'Look at "a.ts"'],
    [W, '.'],
    [`List ${W}/`, 'List .'],
    [`'${W}' and (${W})`, "'.' and (.)"],
    [`${W}/../other/a.ts`, '../other/a.ts'],
    [`${W}0/a.ts`, `${W}0/a.ts`],
    [`${W}.old`, `${W}.old`],
    [`${W}//etc/passwd`, `${W}//etc/passwd`],
    [`/mnt${W}/a.ts`, `/mnt${W}/a.ts`],
    [`~${W}/a.ts`, `~${W}/a.ts`],
    ['/etc/passwd', '/etc/passwd'],
    ['', ''],
  ])('%s is shown as %s', (line, shown) => {
    expect(besideWorktree(line, W)).toBe(shown);
  });

  it('takes every sign in the name of a folder for itself', () => {
    expect(besideWorktree('/w(1)/+[x]/a.ts', '/w(1)/+[x]')).toBe('a.ts');
    expect(besideWorktree('/wa/b', '/w.')).toBe('/wa/b');
  });

  it('leaves commands and what a tool was given as they are', () => {
    const call: Activity = {
      kind: 'tool_call',
      callId: 'c',
      status: 'running',
      title: `${W}/a.ts`,
      input: `${W}/a.ts`,
    };
    const shown = (activity: Activity) => showBesideWorktree(activity, W);
    expect(shown(call)).toEqual({ ...call, title: 'a.ts' });
    expect(shown({ ...call, tool: 'execute' })).toEqual({ ...call, tool: 'execute' });
    expect(shown({ kind: 'file_change', path: `${W}/a.ts`, change: 'add' })).toMatchObject({ path: 'a.ts' });
    expect(shown({ kind: 'message', text: `${W}/a.ts`, isDelta: false })).toMatchObject({ text: `${W}/a.ts` });
  });
});
