import { describe, expect, it } from 'vitest';
import { Activity } from '../../../../../../contract/activity.ts';
import { recordingNamed, recordingsOf } from '../../../../../support/agent-recordings.ts';
import { type Essence, essenceOf, usual } from '../../../../../support/essence-of-run.ts';
import { judgeRecording } from '../../../../../support/judge-recording.ts';
import { READERS } from '../../../../../support/stream-readers.ts';

const judge = (name: string) => judgeRecording(recordingNamed('opencode', name), READERS.opencode());

const RECORDINGS: readonly (readonly [rule: string, name: string, expected: Partial<Essence>])[] = [
  [
    'OPENCODE-5',
    'bad-tool',
    {
      comesTo: 'model_failed',
      summary: 'The model called a tool in a way that no tool understands, and nothing was changed',
      terminal: 'stop',
      calls: ['invalid: failed'],
      usage: '2400/400/68 $0.002136 corrected',
      requests: 2,
      brokenCalls: 1,
    },
  ],
  [
    'OPENCODE-3',
    'denied',
    {
      comesTo: 'permission_denied',
      summary: 'write was not allowed: /work/repository/hello.txt',
      terminal: null,
      calls: ['write: denied'],
      usage: '1200/200/34 $0.001068 corrected',
      requests: 1,
      denials: 1,
    },
  ],
  [
    'OPENCODE-9',
    'empty',
    {
      comesTo: 'adapter_failed',
      summary: 'opencode ended in the middle of its work',
      terminal: null,
      usage: '0/0/0 $0 corrected',
      requests: 99,
    },
  ],
  [
    'OPENCODE-5',
    'failing-shell',
    {
      comesTo: 'completed',
      summary: 'Done: the command ran.',
      terminal: 'stop',
      calls: ['bash: failed (3)'],
      usage: '2400/400/68 $0.002136 corrected',
      requests: 2,
    },
  ],
  [
    'OPENCODE-22',
    'http-400',
    {
      comesTo: 'model_failed',
      summary: 'The scripted model answers 400.',
      terminal: 'error',
      errors: ['model: The scripted model answers 400.'],
      usage: null,
      requests: 0,
    },
  ],
  [
    'OPENCODE-20',
    'http-401',
    {
      comesTo: 'auth_failed',
      summary: 'The scripted model answers 401.',
      terminal: 'error',
      errors: ['auth: The scripted model answers 401.'],
      usage: null,
      requests: 0,
    },
  ],
  [
    'OPENCODE-15',
    'http-429-once',
    {
      comesTo: 'completed',
      summary: 'Done: hello.txt is written.',
      terminal: 'stop',
      calls: ['write: completed'],
      usage: '2400/400/68 $0.002136 corrected',
      requests: 2,
    },
  ],
  [
    'OPENCODE-21',
    'http-429',
    {
      comesTo: 'rate_limited',
      summary: 'The scripted model answers 429.',
      terminal: 'error',
      errors: ['rate_limit: The scripted model answers 429.'],
      usage: null,
      requests: 0,
    },
  ],
  [
    'OPENCODE-15',
    'question',
    {
      comesTo: 'completed',
      summary: 'Which name should the file have: first.txt or second.txt?',
      terminal: 'stop',
      usage: '1200/200/34 $0.001068 corrected',
      requests: 1,
    },
  ],
  [
    'OPENCODE-15',
    'shell',
    {
      comesTo: 'completed',
      summary: 'Done: the command ran.',
      terminal: 'stop',
      calls: ['bash: completed (0)'],
      usage: '2400/400/68 $0.002136 corrected',
      requests: 2,
    },
  ],
  [
    'OPENCODE-6',
    'text',
    {
      comesTo: 'completed',
      summary: 'Done, and no tool was needed.',
      terminal: 'stop',
      usage: '1200/200/34 $0.001068 corrected',
      requests: 1,
    },
  ],
  [
    'OPENCODE-15',
    'thoughts',
    {
      comesTo: 'completed',
      summary: 'Done, after some thought.',
      terminal: 'stop',
      usage: '1200/200/34 $0.001068 corrected',
      requests: 1,
    },
  ],
  [
    'OPENCODE-9',
    'truncated',
    {
      comesTo: 'adapter_failed',
      summary: 'opencode ended in the middle of its work',
      terminal: null,
      calls: ['write: completed'],
      usage: '0/0/0 $0 corrected',
      requests: 64,
    },
  ],
  [
    'OPENCODE-14',
    'unknown-tool',
    {
      comesTo: 'model_failed',
      summary: 'The model called a tool in a way that no tool understands, and nothing was changed',
      terminal: 'stop',
      calls: ['invalid: failed'],
      usage: '2400/400/68 $0.002136 corrected',
      requests: 2,
      brokenCalls: 1,
    },
  ],
  [
    'OPENCODE-7',
    'write',
    {
      comesTo: 'completed',
      summary: 'Done: hello.txt is written.',
      terminal: 'stop',
      calls: ['write: completed'],
      usage: '2400/400/68 $0.002136 corrected',
      requests: 2,
    },
  ],
  [
    'OPENCODE-8',
    'resumed',
    {
      comesTo: 'completed',
      summary: 'Asked to remember so far: first, second.',
      terminal: 'stop',
      usage: '1200/200/34 $0.001068 corrected',
      requests: 1,
    },
  ],
];

describe('recorded runs of opencode', () => {
  it.each(RECORDINGS)('%s: %s', (_, name, expected) => {
    expect(essenceOf(judge(name))).toEqual({ ...usual, ...expected });
  });

  it('are told in the words of the contract, under one session', () => {
    for (const { scenario } of recordingsOf('opencode')) {
      const { told, facts } = judge(scenario);
      for (const activity of told) expect(Activity.safeParse(activity).error).toBeUndefined();
      expect(facts.session).not.toBeNull();
      expect(told.filter(({ kind }) => kind === 'session')).toHaveLength(1);
    }
  });
});
