import { describe, expect, it } from 'vitest';
import { Activity } from '../../../../../../contract/activity.ts';
import { recordingNamed, recordingsOf } from '../../../../../support/agent-recordings.ts';
import { type Essence, essenceOf, usual } from '../../../../../support/essence-of-run.ts';
import { judgeRecording } from '../../../../../support/judge-recording.ts';
import { READERS } from '../../../../../support/stream-readers.ts';

const judge = (name: string) => judgeRecording(recordingNamed('gemini', name), READERS.gemini());

const RECORDINGS: readonly (readonly [rule: string, name: string, expected: Partial<Essence>])[] = [
  [
    'GEMINI-15',
    'bad-tool',
    {
      comesTo: 'model_failed',
      summary: 'The model called a tool in a way that no tool understands, and nothing was changed',
      terminal: 'success',
      calls: ['write_file: failed'],
      usage: '2400/400/68 reported',
      requests: 2,
      brokenCalls: 1,
    },
  ],
  [
    'GEMINI-3',
    'denied',
    {
      comesTo: 'completed',
      summary: 'None of the tools can do this.',
      terminal: 'success',
      usage: '1200/200/34 reported',
      requests: 1,
    },
  ],
  [
    'GEMINI-24',
    'empty',
    {
      comesTo: 'model_failed',
      summary: 'Model stream ended without a finish reason.',
      terminal: 'error',
      errors: ['model: Model stream ended without a finish reason.'],
      usage: '0/0/0 reported',
      requests: 0,
    },
  ],
  [
    'GEMINI-9',
    'failing-shell',
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
    'GEMINI-10',
    'http-400',
    {
      comesTo: 'model_failed',
      summary: 'The scripted model answers 400.',
      terminal: 'error',
      errors: ['model: The scripted model answers 400.'],
      usage: '0/0/0 reported',
      requests: 0,
    },
  ],
  [
    'GEMINI-18',
    'http-401',
    {
      comesTo: 'auth_failed',
      summary: 'The scripted model answers 401.',
      terminal: 'error',
      errors: ['auth: The scripted model answers 401.'],
      usage: '0/0/0 reported',
      requests: 0,
    },
  ],
  [
    'GEMINI-17',
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
    'GEMINI-17',
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
    'GEMINI-17',
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
    'GEMINI-5',
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
    'GEMINI-7',
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
    'GEMINI-17',
    'truncated',
    {
      comesTo: 'completed',
      summary: 'Done: hello.txt ',
      terminal: 'success',
      calls: ['write_file: completed'],
      usage: '1200/200/34 reported',
      requests: 2,
    },
  ],
  [
    'GEMINI-15',
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
    'GEMINI-6',
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
    'GEMINI-8',
    'resumed',
    {
      comesTo: 'completed',
      summary: 'Asked to remember so far: first, second.',
      terminal: 'success',
      usage: '1200/200/34 reported',
      requests: 1,
    },
  ],
  [
    'GEMINI-11',
    'endless-tools',
    {
      comesTo: 'request_loop',
      summary: 'Loop detected, stopping execution',
      terminal: 'success',
      errors: ['loop: Loop detected, stopping execution'],
      calls: Array.from({ length: 4 }, () => 'run_shell_command: completed'),
      usage: '4800/800/136 reported',
      requests: 4,
    },
  ],
];

describe('recorded runs of Gemini CLI', () => {
  it.each(RECORDINGS)('%s: %s', (_, name, expected) => {
    expect(essenceOf(judge(name))).toEqual({ ...usual, ...expected });
  });

  it('are told in the words of the contract, under one session', () => {
    for (const { scenario } of recordingsOf('gemini')) {
      const { told, facts } = judge(scenario);
      for (const activity of told) expect(Activity.safeParse(activity).error).toBeUndefined();
      expect(facts.session).not.toBeNull();
      expect(told.filter(({ kind }) => kind === 'session')).toHaveLength(1);
    }
  });
});
