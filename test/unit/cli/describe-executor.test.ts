import { describe, expect, it } from 'vitest';
import { clientExecutor } from '../../../contract/client/client-executor.ts';
import { readFields } from '../../../contract/client/read-fields.ts';
import { describeExecutor, describeExecutors } from '../../../main/cli/describe-executor.ts';
import { successOf } from '../../support/success-of.ts';

const screen = { size: () => null, hasColor: false };
const CLAUDE = {
  name: 'claude',
  agent: 'claude',
  source: 'shipped',
  file: '/opt/codencer/claude.yaml',
  problems: [],
  probe: {
    available: true,
    mode: 'real',
    binary: '/usr/bin/claude',
    version: '2.1.0',
    logged_in: 'no',
    sandbox: 'acceptEdits',
    can_ask: true,
    detail: 'asks for permission; nobody is logged in',
  },
  profile_hash: 'ab'.repeat(32),
  profile: { name: 'claude', transport: 'stream-json', limits: { idle_seconds: 900 } },
};
const executor = (changed: object = {}) => successOf(readFields({ ...CLAUDE, ...changed }, clientExecutor));

describe('executors in words (CLI-41)', () => {
  it('a list says of each whether it takes a task, and why not', () => {
    const broken = {
      name: 'mine',
      agent: null,
      problems: ['mine.yaml:2: \u001b[31mno'],
      profile: null,
      profile_hash: null,
    };
    const probe = {
      ...CLAUDE.probe,
      available: false,
      mode: null,
      version: null,
      can_ask: null,
      detail: 'no \u001b[31m',
    };
    const simulated = { name: 'sim', probe: { ...CLAUDE.probe, mode: 'simulation' } };
    const described = { ...CLAUDE.profile, description: 'Claude Code' };
    const executors = [
      executor(),
      executor({ ...broken, probe }),
      executor({ ...simulated, profile: described }),
      executor({ name: 'told', profile: described }),
      executor({ name: 'out', profile: described, probe }),
    ];
    const text = describeExecutors({ executors, problems: ['"x" leads out of "y"'] }, screen);
    expect(text.split('\n').map((row) => row.replace(/ +/g, ' ').trim())).toEqual([
      'EXECUTOR READY VERSION LOGIN ASKS WHY',
      expect.stringMatching(/^-+$/),
      'claude yes 2.1.0 no yes asks for permission; nobody is logged in',
      'mine no no \\x1b[31m',
      'sim simulated 2.1.0 no yes asks for permission; nobody is logged in',
      'told yes 2.1.0 no yes Claude Code',
      'out no no no \\x1b[31m',
      'Not read: "x" leads out of "y"',
      '',
    ]);
  });

  it('one is shown with its profile as a file would say it', () => {
    expect(describeExecutor(executor(), screen)).toBe(
      [
        '--- Executor: claude ---',
        'Ready:     yes',
        'Why:       asks for permission; nobody is logged in',
        'Agent:     claude by stream-json',
        'Program:   /usr/bin/claude, 2.1.0',
        'Logged in: no',
        'Sandbox:   acceptEdits',
        'Profile:   /opt/codencer/claude.yaml (comes with the program), abababababab',
        '',
        'name: claude',
        'transport: stream-json',
        'limits:',
        '  idle_seconds: 900',
        '',
      ].join('\n'),
    );
  });
});
