import { describe, expect, it } from 'vitest';
import { decodeTaskSpec } from '../../../../../contract/wire/task-spec.ts';
import { EMPTY_FORM, problemsOf, type TaskForm, taskOf } from '../../../../../renderer/screens/submit/task-form.ts';

const form = (change: Partial<TaskForm>): TaskForm => ({ ...EMPTY_FORM, goal: 'Mend the login', ...change });
const row = (change: Partial<TaskForm['validations'][number]>) => ({
  name: '',
  command: 'true',
  isRequired: true,
  ...change,
});

describe('a task that is typed', () => {
  it('is one that the daemon accepts', () => {
    const all = form({
      title: ' Login ',
      context: 'Read src/login.ts',
      executor: 'codex',
      constraints: 'No new dependency\n\n  Keep the API ',
      acceptance: 'Tests pass',
      validations: [row({ command: 'npm test' }), row({ name: 'lint', command: 'npm run lint', isRequired: false })],
      policy: 'strict',
      timeout: '600',
      base: 'main',
    });
    expect(problemsOf(all).size).toBe(0);
    const decoded = decodeTaskSpec(taskOf(all));
    expect(decoded.ok && decoded.value).toMatchObject({
      title: 'Login',
      constraints: ['No new dependency', 'Keep the API'],
      validations: [
        { name: 'validation-1', command: 'npm test', required: true },
        { name: 'lint', required: false },
      ],
      timeoutSeconds: 600,
      baseRef: 'main',
    });
  });

  it('says nothing that was not said', () => {
    expect(taskOf(form({}))).toEqual({ version: 'v1', title: 'Direct task', goal: 'Mend the login' });
  });

  it('leaves out rows that were added and not filled in', () => {
    expect(taskOf(form({ validations: [row({ command: '  ' })] }))).not.toHaveProperty('validations');
  });

  it.each([
    ['goal', form({ goal: ' \n' })],
    ['timeout', form({ timeout: '0' })],
    ['timeout', form({ timeout: '1.5' })],
    ['timeout', form({ timeout: 'ten' })],
    ['timeout', form({ timeout: '604801' })],
    ['validations', form({ validations: [row({ name: 'unit', command: ' ' })] })],
    ['validations', form({ validations: [row({ command: 'a\0b' })] })],
    ['policy', form({ policy: 'x'.repeat(201) })],
    ['base', form({ base: 'x'.repeat(1001) })],
  ] as const)('tells what is wrong with its %s', (field, one) => {
    expect([...problemsOf(one).keys()]).toEqual([field]);
  });

  it('finds a problem wherever the daemon would', () => {
    for (const one of [form({ timeout: '604801' }), form({ validations: [row({ command: 'a\0b' })] })]) {
      expect(decodeTaskSpec(taskOf(one)).ok).toBe(false);
    }
  });
});
