import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ClientEvent } from '../../../../contract/client/client-event.ts';
import { textWidth } from '../../../../main/cli/text-width.ts';
import { runFrame, runLine, stepFrame, stepLine } from '../../../../main/cli/watch/watch-frame.ts';
import { followRecord } from '../../../../main/cli/watch/watch-model.ts';
import { screenOf } from '../../../support/run-cli.ts';

const START = Date.UTC(2026, 10, 21, 14, 0, 0);

/** The events of a run, a second apart. */
function recordOf(...events: readonly (readonly [type: string, stepId: string, payload: ClientEvent['payload']])[]) {
  const record = followRecord();
  for (const [index, [type, stepId, payload]] of events.entries()) {
    const at = { seq: index + 1, atMs: START + index * 1000, actor: 'daemon', runId: 'r1' };
    record.apply({ ...at, type, stepId, payload, attemptId: `${stepId}-a1`, gateId: 'gate-s2-a1' });
  }
  return { model: record.model(), nowMs: START + 100_000, notice: '' };
}

const moved = (stepId: string, to: string, reason = '') =>
  ['step.state_changed', stepId, { from: 'x', to, reason }] as const;
const submitted = (stepId: string, title: string) => ['step.submitted', stepId, { title }] as const;

const FRAME = recordOf(
  ['run.created', '', {}],
  ['run.state_changed', '', { from: 'created', to: 'running' }],
  submitted('s1', 'First'),
  submitted('s2', 'Second'),
  moved('s1', 'running'),
  ['attempt.started', 's1', { number: 2, executor: 'codex' }],
  ['attempt.progress', 's1', { kind: 'recipe_step', index: 1, ok: true, duration_ms: 400 }],
  moved('s2', 'needs_approval'),
  ['gate.opened', 's2', { reasons: ['a lockfile'] }],
);

describe('a run that is watched (CLI-23)', () => {
  it('shows what runs now: the command, or what was told last, or who is at it (CLI-37)', () => {
    const running = (stepId: string) => [submitted(stepId, 'T'), moved(stepId, 'running')] as const;
    const frame = recordOf(
      ...['s1', 's2', 's3', 's4', 's5'].flatMap(running),
      ['attempt.started', 's1', { number: 1, executor: 'command', command: 'npm ci' }],
      ['attempt.started', 's2', { number: 1, executor: 'command', command: 'npm ci' }],
      ['attempt.progress', 's2', { kind: 'recipe_step', index: 1, ok: true, next: 'npm test' }],
      ['attempt.started', 's3', { number: 1, executor: 'codex' }],
      ['attempt.progress', 's3', { kind: 'tool_call', title: 'reads a file' }],
      ['attempt.started', 's4', { number: 1, executor: 'codex' }],
      ['attempt.started', 's5', { number: 1, executor: 'command', command: 'npm ci' }],
      moved('s5', 'validating'),
    );
    const rows = runFrame('r1', frame, screenOf(100)).filter((line) => /^s\d/.test(line));
    expect(rows.map((row) => row.split(/ T {2,}| T$/)[1])).toEqual([
      'npm ci',
      'npm test',
      'tool call: reads a file',
      'on codex',
      '',
    ]);
    expect(stepFrame('s2', frame, screenOf(100))).toContain('runs: npm test');
  });

  it('shows its steps with what they do, and what happened last', () => {
    expect(runFrame('r1', { ...FRAME, notice: 'Ctrl-C' }, screenOf(100))).toEqual(
      [
        'run r1  running  1 min 39 s  0 of 2 steps ended',
        'STEP ID STATE          FOR        TITLE  NOW',
        '-'.repeat(71),
        's1      running        1 min 36 s First  attempt 2: recipe step 1 done (0.4 s)',
        's2      needs_approval 1 min 33 s Second gate show gate-s2-a1',
        '14:00:05 attempt s1-a1 started on codex',
        '14:00:07 step s2 x → needs_approval',
        '14:00:08 gate gate-s2-a1 waits for a decision: a lockfile',
        'Ctrl-C',
      ].map((line, index) => (index === 2 ? expect.stringMatching(/^-+$/) : line)),
    );
  });

  it('shows those first that need somebody, when not all fit, in their order', () => {
    const many = Array.from({ length: 60 }, (_, index) => [
      submitted(`s${index}`, 'T'),
      moved(`s${index}`, index === 40 ? 'needs_manual_attention' : index === 50 ? 'running' : 'completed'),
    ]).flat();
    const lines = runFrame('r1', recordOf(...many), { size: () => ({ columns: 80, rows: 13 }), hasColor: false });
    expect(lines.filter((line) => /^s\d/.test(line)).map((line) => line.split(' ')[0])).toEqual([
      's0',
      's1',
      's40',
      's50',
    ]);
    expect(lines).toContain('… and 56 more: 56 completed');
    expect(lines.length).toBeLessThan(13);
  });

  it.each([20, 40, 80, 200])('fits %d columns', (columns) => {
    const frames = [runFrame('r1', FRAME, screenOf(columns, true)), stepFrame('s1', FRAME, screenOf(columns, true))];
    const ids = 's2      needs_approval'.length;
    const wide = frames.flat().filter((line) => textWidth(stripVTControlCharacters(line)) > Math.max(columns, ids));
    expect(wide).toEqual([]);
  });

  it('is one line in a wait', () => {
    expect(runLine('r1', FRAME, screenOf(120))).toBe(
      'run r1  running  1 min 40 s  0 of 2 steps ended  s2 needs_approval gate show gate-s2-a1',
    );
    expect(runLine('r1', recordOf(), screenOf(120))).toBe('run r1  0 of 0 steps ended');
  });

  it('says of an open run that has nothing left to do how it ends', () => {
    const idle = [submitted('s1', 'First'), moved('s1', 'completed')];
    expect(runLine('r1', recordOf(...idle), screenOf(120))).toContain(
      '1 of 1 steps ended, open until: run complete r1',
    );
    const closed = recordOf(...idle, ['run.state_changed', '', { from: 'running', to: 'completed' }]);
    expect(runLine('r1', closed, screenOf(120))).not.toContain('open until');
  });
});

describe('a step that is watched (CLI-23)', () => {
  it('shows its attempt and what that told last', () => {
    expect(stepFrame('s1', FRAME, screenOf(100)).slice(0, 3)).toEqual([
      'step s1  running  1 min 36 s  First',
      'attempt 2 on codex',
      'last: recipe step 1 done (0.4 s), 1 min 34 s ago',
    ]);
  });

  it('is one line in a wait, with the time since it was submitted', () => {
    expect(stepLine('s1', FRAME, screenOf(120))).toBe(
      'step s1  running  1 min 38 s  attempt 2: recipe step 1 done (0.4 s)',
    );
    expect(stepLine('s9', FRAME, screenOf(120))).toBe('step s9');
  });

  it('has its state in colour', () => {
    expect(stepLine('s1', FRAME, screenOf(120, true))).toContain('step s1  \x1b[36mrunning\x1b[0m  ');
  });
});
