import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Activity } from '../../../../../../contract/activity.ts';
import { CODEX_OUTCOMES } from '../../../../../../main/daemon/adapters/executors/codex/outcomes.ts';
import { readComplaint } from '../../../../../../main/daemon/adapters/executors/codex/read-complaint.ts';
import { readExecLine } from '../../../../../../main/daemon/adapters/executors/codex/read-exec-event.ts';
import { recordingsOf } from '../../../../../support/agent-recordings.ts';
import { judgeRecording } from '../../../../../support/judge-recording.ts';

const usedBefore = { input_tokens: 0, cached_input_tokens: 0, output_tokens: 0 };
const readLine = (line: string) => readExecLine({ worktreePath: '/repository', usedBefore, model: null }, line);
const recordings = recordingsOf('codex');
const judge = (scenario: string) => {
  const recording = recordings.find((one) => one.scenario === scenario);
  if (recording === undefined) throw new Error(`no recording of ${scenario}`);
  return judgeRecording(recording, { rows: CODEX_OUTCOMES, readLine, readErrorLine: readComplaint });
};

describe('recorded runs of codex exec', () => {
  it.each([
    ['write', 'completed', 'Done: hello.txt is written.'],
    ['shell', 'completed', 'Done: the command ran.'],
    ['text', 'completed', 'Done, and no tool was needed.'],
    ['thoughts', 'completed', 'Done, after some thought.'],
    ['question', 'completed', 'Which name should the file have: first.txt or second.txt?'],
    ['http-429-once', 'completed', 'Done: hello.txt is written.'],
    ['failing-shell', 'completed', 'Done: the command ran.'],
    ['code-mode', 'completed', 'Done: hello.txt is written.'],
    ['denied', 'permission_denied', expect.stringMatching(/^Codex was not allowed: patch rejected/)],
    ['denied-shell', 'completed', 'Done: the command ran.'],
    ['bad-tool', 'model_failed', 'The model called a tool in a way that no tool understands, and nothing was changed'],
    [
      'unknown-tool',
      'model_failed',
      'The model called a tool in a way that no tool understands, and nothing was changed',
    ],
    ['http-400', 'model_failed', 'The scripted model answers 400.'],
    ['http-401', 'auth_failed', expect.stringMatching(/^unexpected status 401 Unauthorized/)],
    ['truncated', 'model_failed', 'stream disconnected before completion: stream closed before response.completed'],
    ['empty', 'model_failed', 'stream disconnected before completion: stream closed before response.completed'],
  ])('CODEX-9: %s comes to %s', (scenario, comesTo, summary) => {
    const { end, summary: said } = judge(scenario).verdict;
    expect([end.kind === 'failed' ? end.failureClass : end.kind, said]).toEqual([comesTo, summary]);
  });

  it('is told as what it is: a file that is written', () => {
    const { told, facts } = judge('write');
    expect(told.map(({ kind }) => kind)).toEqual([
      'session',
      'tool_call',
      'tool_call',
      'file_change',
      'message',
      'usage',
    ]);
    expect(told).toContainEqual({ kind: 'file_change', path: 'hello.txt', change: 'add' });
    expect(facts.usage).toEqual({
      inputTokens: 2400,
      cachedInputTokens: 400,
      outputTokens: 68,
      costUsd: null,
      basis: 'reported',
    });
  });

  it('is told as what it is: a command that fails', () => {
    expect(judge('failing-shell').told).toContainEqual(
      expect.objectContaining({
        kind: 'tool_call',
        status: 'failed',
        exitCode: 3,
        output: expect.stringContaining('to stderr\n'),
      }),
    );
  });

  it('CODEX-6: is told as what it is: a retry that is no error', () => {
    const { told, facts } = judge('http-429-once');
    expect(told.find(({ kind }) => kind === 'retry')).toMatchObject({ attempt: 1, status: 429 });
    expect(facts.errors).toEqual([]);
    expect(facts.fruitlessRequests).toBe(0);
  });

  it('is told in the words of the contract', () => {
    for (const { scenario } of recordings) {
      for (const activity of judge(scenario).told) expect(Activity.safeParse(activity).error).toBeUndefined();
    }
  });
});

describe('CODEX-4: a stream that is not as it should be', () => {
  const lines = recordings.flatMap((recording) => recording.lines);
  const line = fc.constantFrom(...lines);
  const garbled = fc
    .tuple(line, fc.nat(), fc.nat(), fc.string({ unit: 'binary' }))
    .map(([one, from, length, noise]) => {
      const at = from % (one.length + 1);
      return one.slice(0, at) + noise + one.slice(at + (length % 40));
    });
  const cut = fc.tuple(line, fc.nat()).map(([one, at]) => one.slice(0, at % (one.length + 1)));
  const changed = fc.tuple(line, fc.json()).map(([one, json]) => one.replace(/:("[^"]*"|\d+|\{\})/, `:${json}`));

  it('never throws, and tells nothing that the contract does not know', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(line, garbled, cut, changed, fc.json(), fc.string())), (stream) => {
        for (const signal of [...stream.flatMap(readLine), ...stream.flatMap(readComplaint)]) {
          if (signal.of === 'activity') expect(Activity.safeParse(signal.activity).error).toBeUndefined();
        }
      }),
      { numRuns: 300 },
    );
  });
});
