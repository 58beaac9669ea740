import { describe, expect, it } from 'vitest';
import { PermissionRequest } from '../../../../../../contract/permission.ts';
import {
  createQuestions,
  MAX_QUESTIONS,
  MAX_REJECTED_IN_A_ROW,
} from '../../../../../../main/daemon/adapters/executors/agent/agent-questions.ts';
import type { AskPermission } from '../../../../../../main/daemon/adapters/executors/executor.ts';

const NEVER = new AbortController().signal;
const request = PermissionRequest.parse({
  tool: 'shell',
  toolKind: 'execute',
  title: 'ls',
  command: 'ls',
  cwd: '/',
  paths: [],
  diff: null,
  input: '{}',
  reason: '',
});

function questionsOf(ask: AskPermission) {
  const loops: string[] = [];
  const parts = { pause: () => () => undefined, onReject: () => undefined, onBug: () => undefined };
  const questions = createQuestions({ ...parts, ask, onLoop: (summary) => loops.push(summary) });
  return { loops, ask: () => questions.ask(request, NEVER) };
}

describe('AGENT-6: an agent that asks without end', () => {
  it('is ended when it hears no again and again, and never yes', async () => {
    let asked = 0;
    const { loops, ask } = questionsOf(async () =>
      ++asked === MAX_REJECTED_IN_A_ROW ? { answer: 'allow', scope: 'once' } : { answer: 'reject', reason: '' },
    );
    for (let told = 0; told < 2 * MAX_REJECTED_IN_A_ROW - 1; told += 1) await ask();
    expect(loops).toEqual([]);
    await ask();
    expect(loops).toEqual(['The agent asked to be allowed something and heard no 50 times in a row']);
  });

  it('is ended when it asks more often than anybody has to, whatever it hears', async () => {
    let answered = 0;
    const { loops, ask } = questionsOf(async () => {
      answered += 1;
      return { answer: 'allow', scope: 'once' };
    });
    await Promise.all(Array.from({ length: MAX_QUESTIONS }, ask));
    expect(loops).toEqual([]);
    expect(await ask()).toEqual({ answer: 'cancelled' });
    expect([answered, loops]).toEqual([
      MAX_QUESTIONS,
      ['The agent asked more than 5000 times to be allowed something'],
    ]);
  });
});
