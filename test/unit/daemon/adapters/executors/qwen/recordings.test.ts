import { expect } from 'vitest';
import { proveRecordings, type RecordedRun } from '../../../../../support/prove-recordings.ts';

const RUNS: readonly RecordedRun[] = [
  [
    'QWEN-13',
    'bad-tool',
    {
      comesTo: 'model_failed',
      summary: 'The model called a tool in a way that no tool understands, and nothing was changed',
      terminal: 'success',
      calls: ['run_shell_command: failed', 'run_shell_command: failed'],
      errors: ['model: the model did not answer'],
      usage: '3600/600/102 reported',
      requests: 3,
      brokenCalls: 1,
    },
  ],
  [
    'QWEN-15',
    'denied',
    {
      comesTo: 'completed',
      summary: 'None of the tools can do this.',
      terminal: 'success',
      usage: '3600/600/102 reported',
      requests: 1,
    },
  ],
  [
    'QWEN-6',
    'empty',
    {
      comesTo: 'model_failed',
      summary: 'Model stream ended without a finish reason.',
      terminal: 'error_during_execution',
      errors: ['model: the model did not answer', 'model: Model stream ended without a finish reason.'],
      usage: null,
      requests: 0,
    },
  ],
  [
    'QWEN-10',
    'failing-shell',
    {
      comesTo: 'completed',
      summary: 'Done: the command ran.',
      terminal: 'success',
      calls: ['run_shell_command: failed (3)'],
      usage: '2400/400/68 reported',
      requests: 2,
    },
  ],
  [
    'QWEN-19',
    'few-turns',
    {
      comesTo: 'limit_reached',
      summary: 'Qwen Code reached one of its own limits: time, turns or tool calls',
      terminal: null,
      calls: ['run_shell_command: completed', 'run_shell_command: completed'],
      usage: null,
      requests: 2,
    },
  ],
  [
    'QWEN-9',
    'http-400',
    {
      comesTo: 'model_failed',
      summary: '400 The scripted model answers 400.',
      terminal: 'error_during_execution',
      errors: ['model: 400 The scripted model answers 400.'],
      usage: null,
      requests: 0,
    },
  ],
  [
    'QWEN-17',
    'http-401',
    {
      comesTo: 'auth_failed',
      summary: '401 The scripted model answers 401.',
      terminal: 'error_during_execution',
      errors: ['auth: 401 The scripted model answers 401.'],
      usage: null,
      requests: 0,
    },
  ],
  [
    'QWEN-15',
    'http-429-once',
    {
      comesTo: 'completed',
      summary: 'Done: hello.txt is written.',
      terminal: 'success',
      calls: ['write_file: completed'],
      usage: '2400/400/68 reported',
      requests: 2,
    },
  ],
  [
    'QWEN-15',
    'question',
    {
      comesTo: 'completed',
      summary: 'Which name should the file have: first.txt or second.txt?',
      terminal: 'success',
      usage: '3600/600/102 reported',
      requests: 1,
    },
  ],
  [
    'QWEN-15',
    'shell',
    {
      comesTo: 'completed',
      summary: 'Done: the command ran.',
      terminal: 'success',
      calls: ['run_shell_command: completed'],
      usage: '2400/400/68 reported',
      requests: 2,
    },
  ],
  [
    'QWEN-15',
    'text',
    {
      comesTo: 'completed',
      summary: 'Done, and no tool was needed.',
      terminal: 'success',
      usage: '2400/400/68 reported',
      requests: 1,
    },
  ],
  [
    'QWEN-7',
    'thoughts',
    {
      comesTo: 'completed',
      summary: 'Done, after some thought.',
      terminal: 'success',
      usage: '2400/400/68 reported',
      requests: 1,
    },
  ],
  [
    'QWEN-6',
    'truncated',
    {
      comesTo: 'model_failed',
      summary: 'Model stream ended without a finish reason.',
      terminal: 'error_during_execution',
      errors: ['model: the model did not answer', 'model: Model stream ended without a finish reason.'],
      usage: null,
      requests: 0,
    },
  ],
  [
    'QWEN-13',
    'unknown-tool',
    {
      comesTo: 'model_failed',
      summary: 'The model called a tool in a way that no tool understands, and nothing was changed',
      terminal: 'success',
      calls: ['no_such_tool: failed'],
      usage: '2400/400/68 reported',
      requests: 2,
      brokenCalls: 1,
    },
  ],
  [
    'QWEN-15',
    'write',
    {
      comesTo: 'completed',
      summary: 'Done: hello.txt is written.',
      terminal: 'success',
      calls: ['write_file: completed'],
      usage: '2400/400/68 reported',
      requests: 2,
    },
  ],
  [
    'QWEN-16',
    'endless-tools',
    {
      comesTo: 'request_loop',
      summary: expect.stringMatching(/^Loop detection halted the run/),
      terminal: 'error_during_execution',
      errors: [expect.stringMatching(/^loop: Loop detection halted/)],
      calls: Array.from({ length: 4 }, () => 'run_shell_command: completed'),
      usage: '4800/800/136 reported',
      requests: 4,
    },
  ],
  [
    'QWEN-8',
    'resumed',
    {
      comesTo: 'completed',
      summary: 'Asked to remember so far: first, second.',
      terminal: 'success',
      // Of the whole session; no attempt goes on with one (QWEN-8).
      usage: '4800/800/136 reported',
      requests: 1,
    },
  ],
];

proveRecordings({ agent: 'qwen', title: 'Qwen Code', runs: RUNS });
