import { describe, expect, it } from 'vitest';
import { classifyError, readableError } from '../../../../../../main/daemon/adapters/executors/codex/classify-error.ts';
import type { ThreadUsage } from '../../../../../../main/daemon/adapters/executors/codex/exec-event.ts';
import { readComplaint } from '../../../../../../main/daemon/adapters/executors/codex/read-complaint.ts';
import { readExecLine } from '../../../../../../main/daemon/adapters/executors/codex/read-exec-event.ts';

const NOTHING: ThreadUsage = { input_tokens: 0, cached_input_tokens: 0, output_tokens: 0 };

const read = (event: object, usedBefore: ThreadUsage | null = NOTHING) =>
  readExecLine({ worktreePath: '/w', usedBefore, model: 'gpt-x' }, JSON.stringify(event));

const item = (about: object, type = 'item.completed') => read({ type, item: { id: 'item_1', ...about } });

describe('an event of codex exec', () => {
  it('CODEX-3: names the thread', () => {
    expect(read({ type: 'thread.started', thread_id: 't-1', more: 1 })).toEqual([
      { of: 'activity', activity: { kind: 'session', session: 't-1', model: 'gpt-x' } },
    ]);
  });

  it('CODEX-5: tells what this turn used, not what the thread did', () => {
    const usage = { input_tokens: 2400, cached_input_tokens: 400, output_tokens: 68 };
    const before = { input_tokens: 1200, cached_input_tokens: 200, output_tokens: 34 };
    expect(read({ type: 'turn.completed', usage }, before)).toEqual([
      { of: 'terminal', word: 'completed' },
      {
        of: 'activity',
        activity: {
          kind: 'usage',
          usage: { inputTokens: 1200, cachedInputTokens: 200, outputTokens: 34, costUsd: null, basis: 'corrected' },
        },
      },
    ]);
    expect(read({ type: 'turn.completed', usage }, null)).toEqual([{ of: 'terminal', word: 'completed' }]);
    expect(read({ type: 'turn.completed' })).toEqual([{ of: 'terminal', word: 'completed' }]);
  });

  it('CODEX-6: asks again, counted or waiting for the network', () => {
    const message = 'Reconnecting... 2/5 (unexpected status 503 Service Unavailable: no)';
    expect(read({ type: 'error', message })).toEqual([
      { of: 'activity', activity: { kind: 'retry', attempt: 2, max: 5, status: 503, text: message } },
      { of: 'model_request', isFruitful: false },
    ]);
    const waiting = 'Reconnecting... waiting for network (Connection failed: error sending request)';
    const line = JSON.stringify({ type: 'error', message: waiting });
    expect(readExecLine({ worktreePath: '/w', usedBefore: null, model: null }, line, 6)[0]).toEqual({
      of: 'activity',
      activity: { kind: 'retry', attempt: 7, text: waiting },
    });
  });

  it('CODEX-7: warns', () => {
    expect(item({ type: 'error', message: 'Model metadata for `x` not found.' })).toEqual([
      { of: 'activity', activity: { kind: 'notice', level: 'warning', text: 'Model metadata for `x` not found.' } },
    ]);
  });

  it('CODEX-11: stands for a request when a tool has run or something was said', () => {
    const command = {
      type: 'command_execution',
      command: 'ls',
      aggregated_output: '',
      exit_code: 0,
      status: 'completed',
    };
    expect(item(command)).toContainEqual({ of: 'model_request', isFruitful: true });
    expect(item({ ...command, exit_code: null, status: 'in_progress' }, 'item.started')).toEqual([
      {
        of: 'activity',
        activity: {
          kind: 'tool_call',
          callId: 'item_1',
          status: 'running',
          tool: 'execute',
          name: 'shell',
          title: 'ls',
          input: 'ls',
        },
      },
    ]);
    expect(item({ type: 'agent_message', text: 'Hi' })).toEqual([
      { of: 'activity', activity: { kind: 'message', text: 'Hi', isDelta: false } },
      { of: 'answer', text: 'Hi' },
      { of: 'model_request', isFruitful: true },
    ]);
  });

  it('shows a plan, a search and a tool of a server', () => {
    const items = [
      { text: 'one', completed: true },
      { text: 'two', completed: false },
    ];
    expect(item({ type: 'todo_list', items }, 'item.updated')).toEqual([
      {
        of: 'activity',
        activity: {
          kind: 'plan',
          entries: [
            { content: 'one', status: 'completed' },
            { content: 'two', status: 'pending' },
          ],
        },
      },
    ]);
    expect(item({ type: 'web_search', query: 'why' })).toMatchObject([{ activity: { tool: 'fetch', title: 'why' } }]);
    const call = { type: 'mcp_tool_call', server: 's', tool: 't', arguments: { a: 1 }, status: 'failed' };
    expect(item(call)[0]).toMatchObject({ activity: { name: 's.t', input: '{"a":1}', status: 'failed' } });
  });

  it('tells a denied change as a denial, and no file as changed', () => {
    const changes = [{ path: '/w/a.txt', kind: 'update' }];
    const signals = item({ type: 'file_change', changes, status: 'declined' });
    expect(signals).toContainEqual({ of: 'denial', text: 'Codex was not allowed to change: a.txt' });
    expect(signals.some((one) => one.of === 'activity' && one.activity.kind === 'file_change')).toBe(false);
  });

  it('CODEX-4: says nothing when it is of a kind that is not known', () => {
    expect(read({ type: 'thread.renamed', name: 'x' })).toEqual([]);
    expect(item({ type: 'collab_tool_call', tool: 'spawn' })).toEqual([]);
    expect(read({ type: 'item.completed', item: { type: 'agent_message' } })).toEqual([]);
  });
});

describe('what Codex says of what went wrong', () => {
  it.each([
    ['failed to parse function arguments: EOF while parsing', { of: 'broken_call' }],
    ['unsupported call: no_such_tool', { of: 'broken_call' }],
    [
      'patch rejected: writing is blocked by read-only sandbox; rejected by user approval settings',
      { of: 'denial', text: expect.stringContaining('patch rejected') },
    ],
    [
      'approval policy is Never; reject command — you cannot ask for escalated permissions',
      { of: 'denial', text: expect.stringContaining('approval policy') },
    ],
  ])('CODEX-8: %s', (complaint, signal) => {
    const plain = `2026-11-21T21:59:24.766237Z ERROR codex_core::tools::router: error=${complaint}`;
    const coloured = `\u001b[2m2026-11-21T21:59:24Z\u001b[0m \u001b[31mERROR\u001b[0m \u001b[2mcodex_core::tools::router\u001b[0m\u001b[2m:\u001b[0m \u001b[3merror\u001b[0m\u001b[2m=\u001b[0m${complaint}`;
    expect(readComplaint(plain)).toEqual([signal]);
    expect(readComplaint(coloured)).toEqual([signal]);
  });

  it('CODEX-8: anything else on stderr says nothing, but for its last word', () => {
    expect(readComplaint('Reading additional input from stdin...')).toEqual([]);
    expect(readComplaint('… ERROR codex_core::tools::router: error=exit status 1')).toEqual([]);
    expect(readComplaint('Error: thread/resume failed: no rollout found')).toEqual([
      { of: 'error', kind: 'other', text: 'thread/resume failed: no rollout found' },
    ]);
  });

  it.each([
    ['unexpected status 401 Unauthorized: no', 'auth'],
    ['unexpected status 403 Forbidden: no', 'auth'],
    ['exceeded retry limit, last status: 429 Too Many Requests, request id: x', 'rate_limit'],
    ["You've hit your usage limit. Try again later.", 'rate_limit'],
    ['Codex ran out of room in the model’s context window', 'limit'],
    ['unexpected status 404 Not Found: no', 'model'],
    ['stream disconnected before completion: error sending request', 'model'],
    ['We’re currently experiencing high demand, which may cause temporary errors.', 'model'],
    ['{"error":{"message":"bad","type":"invalid_request_error"}}', 'model'],
    ['the disk is on fire', 'other'],
  ])('CODEX-9: %s', (message, kind) => {
    expect(classifyError({ message })).toBe(kind);
  });

  it('CODEX-9: the status counts more than the name, the name more than words', () => {
    expect(classifyError({ message: 'x', name: 'responseTooManyFailedAttempts', status: 429 })).toBe('rate_limit');
    expect(classifyError({ message: 'usage limit', name: 'cyberPolicy' })).toBe('refusal');
    expect(classifyError({ message: 'context window', name: 'other' })).toBe('limit');
  });

  it('CODEX-9: is shown as a sentence where there is one', () => {
    expect(readableError('{"error":{"message":"It \\"broke\\".","type":"x"}}')).toBe('It "broke".');
    expect(readableError('{"error":{"message":"cut')).toBe('{"error":{"message":"cut');
    expect(readableError('plain')).toBe('plain');
  });
});
