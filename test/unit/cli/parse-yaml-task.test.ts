import { describe, expect, it } from 'vitest';
import { parseYamlTask } from '../../../main/cli/parse-yaml-task.ts';

describe('a task file', () => {
  it('is YAML, and keeps as texts what are texts in a task', () => {
    const text = `
version: 1.0
run_id: 0042
title: yes
goal: |
  Fix it.
timeout_seconds: 60
is_simulation: true
context: {summary: 2026-01-01}
constraints: [1, true]
validations:
  - name: 1
    command: true
    required: false
recipe:
  steps:
    - run: true
      env: {PORT: 8080, DEBUG: true}
`;
    expect(parseYamlTask(text)).toEqual({
      ok: true,
      value: {
        version: '1.0',
        run_id: '0042',
        title: 'yes',
        goal: 'Fix it.\n',
        timeout_seconds: 60,
        is_simulation: true,
        context: { summary: '2026-01-01' },
        constraints: ['1', 'true'],
        validations: [{ name: '1', command: 'true', required: false }],
        recipe: { steps: [{ run: 'true', env: { PORT: '8080', DEBUG: 'true' } }] },
      },
    });
  });

  it('may be JSON', () => {
    expect(parseYamlTask('{"version":"v1","goal":"g","title":null}')).toEqual({
      ok: true,
      value: { version: 'v1', goal: 'g', title: null },
    });
  });

  it.each(['', '# nothing\n', '---\n'])('%j is empty', (text) => {
    expect(parseYamlTask(text)).toEqual({ ok: true, value: null });
  });

  it.each([
    ['a: [1'],
    ['a: b: c'],
    ['a: &x {b: *x}'],
    [
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]`,
    ],
    ['a: 1\n---\nb: 2'],
  ])('%j is refused in one line', (text) => {
    const parsed = parseYamlTask(text);
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? '' : parsed.error).toMatch(/^[^\n]{5,200}$/);
  });
});
