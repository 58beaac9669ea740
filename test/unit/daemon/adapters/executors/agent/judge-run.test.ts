import { describe, expect, it } from 'vitest';
import { type AgentFacts, noFacts } from '../../../../../../main/daemon/adapters/executors/agent/agent-facts.ts';
import { judgeRun, type RunEnd } from '../../../../../../main/daemon/adapters/executors/agent/judge-run.ts';
import type { OutcomeRow } from '../../../../../../main/daemon/adapters/executors/agent/outcome-table.ts';

const rows: readonly OutcomeRow[] = [
  { rule: 'X-1', when: { terminal: ['done'], changes: true }, comesTo: 'completed', because: null },
  { rule: 'X-2', when: { terminal: ['done'] }, comesTo: 'command_failed', because: 'Nothing was done' },
  { rule: 'X-3', when: {}, comesTo: 'adapter_failed', because: null },
];

const judge = (facts: Partial<AgentFacts>, more: Partial<RunEnd> = {}) =>
  judgeRun({
    rows,
    facts: { ...noFacts, ...facts },
    exit: { exitCode: 0, signal: null },
    trip: null,
    stoppedFor: null,
    ...more,
  });

describe('the judgement of a run', () => {
  it('AGENT-12: differs for a worktree that changed and for one that did not', () => {
    expect(judge({ terminal: 'done', answer: 'It is done.' })).toEqual({
      end: { kind: 'completed' },
      summary: 'It is done.',
      ifUnchanged: { end: { kind: 'failed', failureClass: 'command_failed' }, summary: 'Nothing was done' },
    });
    expect(judge({ terminal: 'lost' }).ifUnchanged).toBeNull();
  });

  it('AGENT-13: a failure is never summed up by the answer', () => {
    const answer = 'All is well.';
    const denials = ['rm was refused'];
    const errors = [{ kind: 'model', text: 'The model is gone' } as const];
    expect(judge({ answer, denials, errors }).summary).toBe('The model is gone');
    expect(judge({ answer, denials }).summary).toBe('rm was refused');
    expect(judge({ answer }).summary).toBe('The agent ended without success: exit status 0');
    const exit = { exitCode: null, signal: 'SIGSEGV' };
    expect(judge({ answer }, { exit }).summary).toBe('The agent ended without success: signal SIGSEGV');
  });

  it('AGENT-13: who completes and says nothing is said to', () => {
    expect(judge({ terminal: 'done' }).summary).toBe('The agent completed and said nothing.');
  });

  it('AGENT-10: a stop, then a watchdog, comes before the table', () => {
    const trip = { failureClass: 'no_progress', summary: 'Nothing was heard' } as const;
    expect(judge({ terminal: 'done' }, { trip })).toEqual({
      end: { kind: 'failed', failureClass: 'no_progress' },
      summary: 'Nothing was heard',
      ifUnchanged: null,
    });
    expect(judge({ terminal: 'done' }, { stoppedFor: 'cancel' })).toEqual({
      end: { kind: 'stopped', reason: 'cancel' },
      summary: '',
      ifUnchanged: null,
    });
  });
});
