import { proveRecordings, type RecordedRun } from '../../../../../support/prove-recordings.ts';

const RUNS: readonly RecordedRun[] = [
  [
    'CLAUDE-13',
    'bad-tool',
    {
      comesTo: 'model_failed',
      summary: 'The model called a tool in a way that no tool understands, and nothing was changed',
      terminal: 'success',
      calls: ['Bash: failed'],
      usage: '2400/400/68 reported',
      requests: 2,
      brokenCalls: 1,
    },
  ],
  [
    'CLAUDE-12',
    'denied',
    {
      comesTo: 'permission_denied',
      summary: 'Write was not allowed: /repository/hello.txt',
      terminal: 'success',
      calls: ['Write: denied'],
      usage: '2400/400/68 reported',
      requests: 2,
      denials: 1,
    },
  ],
  [
    'CLAUDE-21',
    'empty',
    {
      comesTo: 'model_failed',
      summary:
        'API Error: API returned an empty or malformed response (HTTP 200) — check for a proxy or gateway intercepting the request. Response: content-type event-stream, empty body, 0 bytes, request-id req_scripted, intermediary headers transfer-encoding x-request-id. This was the non-streaming retry of streaming request req_scripted, which failed with: no_events, StreamNoEventsError; 0 stream events received.',
      terminal: 'success/error',
      errors: [
        'model: API Error: API returned an empty or malformed response (HTTP 200) — check for a proxy or gateway intercepting the request. Response: content-type event-stream, empty body, 0 bytes, request-id req_scripted, intermediary headers transfer-encoding x-request-id. This was the non-streaming retry of streaming request req_scripted, which failed with: no_events, StreamNoEventsError; 0 stream events received.',
      ],
      usage: null,
      requests: 0,
    },
  ],
  [
    'CLAUDE-15',
    'failing-shell',
    {
      comesTo: 'completed',
      summary: 'Done: the command ran.',
      terminal: 'success',
      calls: ['Bash: failed (3)'],
      usage: '2400/400/68 reported',
      requests: 2,
    },
  ],
  [
    'CLAUDE-16',
    'few-turns',
    {
      comesTo: 'limit_reached',
      summary: 'Reached maximum number of turns (1)',
      terminal: 'error_max_turns',
      calls: ['Write: completed'],
      errors: ['model: Reached maximum number of turns (1)'],
      usage: '1200/200/34 reported',
      requests: 1,
    },
  ],
  [
    'CLAUDE-21',
    'http-400',
    {
      comesTo: 'model_failed',
      summary: 'API Error: 400 The scripted model answers 400.',
      terminal: 'success/error',
      errors: ['model: API Error: 400 The scripted model answers 400.'],
      usage: null,
      requests: 0,
    },
  ],
  [
    'CLAUDE-17',
    'http-401',
    {
      comesTo: 'auth_failed',
      summary: 'Failed to authenticate. API Error: 401 The scripted model answers 401.',
      terminal: 'success/error',
      errors: [
        'auth: authentication failed (HTTP 401)',
        'auth: Failed to authenticate. API Error: 401 The scripted model answers 401.',
      ],
      usage: null,
      requests: 2,
    },
  ],
  [
    'CLAUDE-9',
    'http-429-once',
    {
      comesTo: 'completed',
      summary: 'Done: hello.txt is written.',
      terminal: 'success',
      calls: ['Write: completed'],
      errors: ['rate_limit: rate limit (HTTP 429)'],
      usage: '2400/400/68 reported',
      requests: 3,
    },
  ],
  [
    'CLAUDE-10',
    'json-http-400',
    {
      comesTo: 'model_failed',
      summary: 'API Error: 400 The scripted model answers 400.',
      terminal: 'success/error',
      errors: ['model: API Error: 400 The scripted model answers 400.'],
      usage: null,
      requests: 0,
    },
  ],
  [
    'CLAUDE-10',
    'json',
    {
      comesTo: 'completed',
      summary: 'Done: hello.txt is written.',
      terminal: 'success',
      usage: '2400/400/68 reported',
      requests: 0,
    },
  ],
  [
    'CLAUDE-15',
    'question',
    {
      comesTo: 'completed',
      summary: 'Which name should the file have: first.txt or second.txt?',
      terminal: 'success',
      usage: '1200/200/34 reported',
      requests: 1,
    },
  ],
  [
    'CLAUDE-15',
    'shell',
    {
      comesTo: 'completed',
      summary: 'Done: the command ran.',
      terminal: 'success',
      calls: ['Bash: completed'],
      usage: '2400/400/68 reported',
      requests: 2,
    },
  ],
  [
    'CLAUDE-15',
    'text',
    {
      comesTo: 'completed',
      summary: 'Done, and no tool was needed.',
      terminal: 'success',
      usage: '1200/200/34 reported',
      requests: 1,
    },
  ],
  [
    'CLAUDE-9',
    'thoughts',
    {
      comesTo: 'completed',
      summary: 'Done, after some thought.',
      terminal: 'success',
      usage: '1200/200/34 reported',
      requests: 1,
    },
  ],
  [
    'CLAUDE-9',
    'truncated',
    {
      comesTo: 'completed',
      summary: 'Done: hello.txt is written.',
      terminal: 'success',
      calls: ['Write: completed'],
      errors: ['model: the model did not answer'],
      usage: '7200/1200/72 reported',
      requests: 4,
    },
  ],
  [
    'CLAUDE-13',
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
    'CLAUDE-15',
    'write',
    {
      comesTo: 'completed',
      summary: 'Done: hello.txt is written.',
      terminal: 'success',
      calls: ['Write: completed'],
      usage: '2400/400/68 reported',
      requests: 2,
    },
  ],
  [
    'CLAUDE-8',
    'resumed',
    {
      comesTo: 'completed',
      summary: 'Asked to remember so far: first, second.',
      terminal: 'success',
      usage: '1200/200/34 reported',
      requests: 1,
    },
  ],
];

proveRecordings({ agent: 'claude', title: 'Claude Code', runs: RUNS });
