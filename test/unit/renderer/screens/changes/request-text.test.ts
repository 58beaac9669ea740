import { describe, expect, it } from 'vitest';
import { followUpTask, validationsOf } from '../../../../../renderer/screens/changes/follow-up.ts';
import { type Note, writtenNotes } from '../../../../../renderer/screens/changes/notes.ts';
import { requestText } from '../../../../../renderer/screens/changes/request-text.ts';

const note = (change: Partial<Note>): Note => ({
  id: 'n',
  stepId: 's',
  comparison: 'c',
  path: 'src/a.ts',
  side: 'additions',
  start: 4,
  end: 5,
  quote: 'four\nfive',
  text: 'Say why.',
  ...change,
});

describe('comments as one message', () => {
  it('names file and lines, quotes them, says what is wanted', () => {
    expect(requestText([note({})], 'Good so far.')).toBe('Good so far.\n\nsrc/a.ts:4-5\n> four\n> five\nSay why.');
  });

  it('tells one line, a deleted one and a whole file', () => {
    expect(requestText([note({ end: 4, quote: 'four' })], '')).toBe('src/a.ts:4\n> four\nSay why.');
    expect(requestText([note({ side: 'deletions', end: 4, quote: '' })], '')).toBe(
      'src/a.ts:4 (lines that were deleted)\nSay why.',
    );
    expect(requestText([note({ start: 0, end: 0, quote: '' })], '')).toBe('src/a.ts\nSay why.');
  });

  it('cuts what is quoted', () => {
    const quote = Array.from({ length: 40 }, () => 'x'.repeat(1000)).join('\n');
    const text = requestText([note({ quote })], '');
    expect(text).toContain('> … 28 more lines');
    expect(text.length).toBeLessThan(6000);
  });

  it('leaves out what says nothing, and sorts by file and line', () => {
    const notes = [
      note({ path: 'b' }),
      note({ path: 'a', start: 9 }),
      note({ path: 'a', start: 2 }),
      note({ text: ' ' }),
    ];
    expect(writtenNotes(notes).map(({ path, start }) => `${path}:${start}`)).toEqual(['a:2', 'a:9', 'b:4']);
  });
});

describe('the step that comes of it', () => {
  const step = {
    id: 'step-1',
    runId: 'run-1',
    phaseId: 'p',
    title: 'Mend the login',
    goal: 'old',
    state: 'completed',
    statusReason: '',
    executor: 'codex',
    createdAtMs: 0,
    updatedAtMs: 0,
  };
  it('keeps executor, validations and rules, and takes nothing else over', () => {
    const task = {
      version: 'v1',
      step_id: 'step-1',
      title: 'Mend the login',
      goal: 'old',
      adapter_profile: 'codex',
      validations: [{ name: 'unit', command: 'npm test' }],
      policy_bundle: 'strict',
      submission_provenance: { source_kind: 'goal' },
    };
    expect(validationsOf(task)).toEqual(['unit']);
    expect(followUpTask({ task, step, message: 'new', baseRef: 'abc' })).toEqual({
      version: 'v1',
      title: 'Changes to Mend the login',
      goal: 'new',
      adapter_profile: 'codex',
      validations: [{ name: 'unit', command: 'npm test' }],
      policy_bundle: 'strict',
      base_ref: 'abc',
    });
  });

  it('goes to the same executor when the task is not kept any more', () => {
    const task = followUpTask({ task: null, step: { ...step, title: 'Changes to x' }, message: 'm', baseRef: '' });
    expect(task).toEqual({ version: 'v1', adapter_profile: 'codex', title: 'Changes to x', goal: 'm' });
  });
});
