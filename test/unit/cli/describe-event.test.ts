import { describe, expect, it } from 'vitest';
import type { ClientEvent } from '../../../contract/client/client-event.ts';
import { EVENT_TYPES } from '../../../contract/events.ts';
import { describeEvent, eventLine } from '../../../main/cli/describe-event.ts';
import { NO_SCREEN, screenOf } from '../../support/run-cli.ts';

const event = (type: string, payload: ClientEvent['payload'] = {}, more: Partial<ClientEvent> = {}): ClientEvent => ({
  seq: 7,
  atMs: Date.UTC(2026, 10, 21, 14, 2, 7),
  type,
  actor: 'daemon',
  runId: 'r1',
  stepId: 's1',
  attemptId: 's1-a1',
  gateId: 'gate-s1-a1',
  payload,
  ...more,
});

describe('an event in words (CLI-22)', () => {
  it.each<[ClientEvent, string]>([
    [event('run.created', { project_id: 'p' }, { actor: 'operator' }), 'run r1 opened by operator for p'],
    [event('run.state_changed', { from: 'running', to: 'completed', reason: '' }), 'run r1 running → completed'],
    [event('step.submitted', { title: 'Mend\nit' }), 'step s1 submitted: Mend it'],
    [
      event('step.state_changed', { from: 'pending', to: 'needs_manual_attention', reason: 'no base' }),
      'step s1 pending → needs_manual_attention: no base',
    ],
    [event('attempt.started', { executor: 'codex', is_simulation: true }), 'attempt s1-a1 started on codex, simulated'],
    [
      event('attempt.progress', { kind: 'tool_begun', name: 'Bash', title: 'ls -la', status: 'running' }),
      'attempt s1-a1: Bash: ls -la',
    ],
    [
      event('attempt.progress', { kind: 'tool_ended', tool: 'execute', status: 'failed', exit_code: 2 }),
      'attempt s1-a1: execute failed, exit 2',
    ],
    [
      event('attempt.progress', { kind: 'retry', attempt: 3, max: 10, delay_ms: null, status: 503, text: '' }),
      'attempt s1-a1: waiting for the model, retry 3 of 10',
    ],
    [
      event('attempt.progress', { kind: 'plan', entries: 3, completed: 1, current: 'mend it' }),
      'attempt s1-a1: plan: 1 of 3 done, now mend it',
    ],
    [event('attempt.progress', { kind: 'session', session: 'abc' }), 'attempt s1-a1: session abc'],
    [event('attempt.progress', { kind: 'notice', level: 'error', text: 'broke' }), 'attempt s1-a1: error: broke'],
    [
      event('attempt.progress', { kind: 'usage', input_tokens: 9, output_tokens: 2, basis: 'reported', dropped: 4 }),
      'attempt s1-a1: used 9 tokens in, 2 out (reported); 4 milestones were not recorded',
    ],
    [
      event('attempt.progress', { kind: 'recipe_step', index: 2, ok: true, duration_ms: 400 }),
      'attempt s1-a1: recipe step 2 done (0.4 s)',
    ],
    [
      event('attempt.ended', { state: 'failed_validation', failure_class: 'validation_failed', summary: 'x' }),
      'attempt s1-a1 ended failed_validation, validation_failed: x',
    ],
    [
      event('validation.ended', { name: 'unit', state: 'passed', duration_ms: 12_000 }),
      's1-a1: validation unit passed (12 s)',
    ],
    [event('gate.opened', { reasons: ['a', 'b'] }), 'gate gate-s1-a1 waits for a decision: a, b'],
    [
      event('gate.decided', { state: 'approved', reason: 'fine' }, { actor: 'operator' }),
      'gate gate-s1-a1 approved by operator: fine',
    ],
    [
      event('gate.opened', { reasons: [], prompt: 'Claude asks to run: npm test' }),
      'gate gate-s1-a1 waits for a decision: Claude asks to run: npm test',
    ],
    [
      event(
        'gate.decided',
        { state: 'rejected', prompt: 'Claude asks to run: rm x', reason: 'rule 2' },
        { actor: 'profile:claude' },
      ),
      'gate gate-s1-a1 rejected by profile:claude (Claude asks to run: rm x): rule 2',
    ],
    [event('gate.expired', { reason: 'nobody answered in time' }), 'gate gate-s1-a1 expired: nobody answered in time'],
    [
      event('token.created', { token: 'token-1', kind: 'window', name: 'Firefox' }, { actor: 'operator' }),
      'window Firefox was let in by operator',
    ],
    [
      event('token.revoked', { token: 'token-1', kind: 'client', name: 'chat' }, { actor: 'operator' }),
      'token of client chat revoked by operator',
    ],
    [
      event('access.refused', { method: 'POST', path: '/x', reason: 'an executor' }, { actor: 'executor:s1-a1' }),
      'executor:s1-a1 was refused POST /x: an executor',
    ],
    [event('terminal.typed_into', {}, { actor: 'operator' }), 'operator types into the terminal of s1-a1'],
    [event('something.new'), 'something.new gate-s1-a1'],
  ])('%#', (told, sentence) => {
    expect(describeEvent(told, NO_SCREEN)).toBe(sentence);
  });

  it.each(EVENT_TYPES.filter((type) => !type.includes('process_started') && type !== 'attempt.salvaged'))(
    '%s has words of its own, also when its payload is another one',
    (type) => {
      for (const payload of [{}, { reason: 1, state: ['x'], reasons: 'y', ok: 'z' }]) {
        expect(describeEvent(event(type, payload), NO_SCREEN)).not.toContain(type);
      }
    },
  );

  it('says when, steers no terminal, and has the colour of the state', () => {
    const line = eventLine(event('step.state_changed', { from: 'a\x1b', to: 'timeout' }), screenOf(80, true));
    expect(line).toBe('2026-11-21T14:02:07Z #7 step s1 a\\x1b → \x1b[31mtimeout\x1b[0m');
  });
});
