import { describe, expect, it } from 'vitest';
import { addSignal, noFacts } from '../../../../../../main/daemon/adapters/executors/agent/agent-facts.ts';
import { judgeRun } from '../../../../../../main/daemon/adapters/executors/agent/judge-run.ts';
import { dialogueNamed } from '../../../../../support/agent-dialogues.ts';
import { essenceOf } from '../../../../../support/essence-of-run.ts';
import { READERS } from '../../../../../support/stream-readers.ts';

/** acpx prints what it and its agent say to each other, as it was. */
function read(agent: string, name: string) {
  const { lines, isFileWritten, answer } = dialogueNamed(agent, name);
  const { readLine, rows } = READERS['openclaw-acpx']();
  const signals = lines.flatMap(({ message }) => readLine(JSON.stringify(message)));
  const facts = signals.reduce(addSignal, noFacts);
  const told = signals.flatMap((one) => (one.of === 'activity' ? [one.activity] : []));
  const exit = { exitCode: answer === 'reject' ? 5 : 0, signal: null };
  const judged = judgeRun({ rows, facts, exit, trip: null, stoppedFor: null });
  const verdict = isFileWritten ? judged : (judged.ifUnchanged ?? judged);
  return { facts, told, essence: essenceOf({ facts, told, verdict }) };
}

describe('a talk that acpx prints', () => {
  it.each([
    ['acp-qwen', 'ask-allow', 'completed', 'edit: completed', '2400/400/68 corrected'],
    ['acp-qwen', 'ask-reject', 'permission_denied', 'edit: denied', '1200/200/34 corrected'],
    ['acp-gemini', 'ask-allow', 'completed', 'edit: completed', '2400/0/68 reported'],
    ['acp-gemini', 'ask-reject', 'permission_denied', 'edit: denied', '2400/0/68 reported'],
    ['acp-opencode', 'ask-allow', 'completed', 'edit: completed', undefined],
    ['acp-claude', 'ask-reject', 'permission_denied', 'Write: denied', '2400/400/68 $0.01416 estimated'],
    ['acp-codex', 'failing-shell', 'completed', 'exec_command: failed (3)', '2400/400/68 reported'],
    ['acp-gemini', 'http-400', 'model_failed', '', undefined],
    ['acp-codex', 'http-400', 'model_failed', '', undefined],
  ])('ACPX-5, ACPX-6, ACPX-7: %s, %s', (agent, name, comesTo, calls, usage) => {
    const { essence } = read(agent, name);
    expect([essence.comesTo, essence.calls.join(', '), essence.usage ?? undefined]).toEqual([comesTo, calls, usage]);
  });

  it('ACPX-8: names the session', () => {
    expect(read('acp-opencode', 'text').facts.session).toBe('ses_000000000001');
  });

  it('ACPX-9: a call that acpx does not know is no failure', () => {
    const { facts } = read('acp-opencode', 'ask-allow');
    expect(dialogueNamed('acp-opencode', 'ask-allow').lines.some(({ message }) => 'error' in message)).toBe(true);
    expect(facts.errors).toEqual([]);
  });
});
