import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AGENT_TRANSPORTS } from '../../../../../contract/executor-profile.ts';
import { encodeProfile, ProfileDocument, profileOf } from '../../../../../contract/wire/executor-profile.ts';
import { parseProfile } from '../../../../../main/daemon/adapters/profiles/parse-profile.ts';
import { hashProfile } from '../../../../../main/daemon/adapters/profiles/profile-shelf.ts';
import { successOf } from '../../../../support/success-of.ts';

const read = (text: string) => parseProfile({ text, file: 'executors/mine.yaml', fallbackName: 'mine' });
const problemsOf = (text: string): readonly string[] => {
  const parsed = read(text);
  return parsed.ok ? [] : parsed.error.problems;
};

describe('a profile of an executor', () => {
  it('has a default for whatever is left out, its name among it (PROF-1)', () => {
    expect(successOf(read('agent: codex'))).toEqual({
      name: 'mine',
      description: '',
      title: '',
      agent: 'codex',
      transport: 'exec',
      program: [],
      args: [],
      model: null,
      sandbox: null,
      permissions: { otherwise: 'ask', rules: [], expirySeconds: 3600 },
      environment: {},
      recipe: null,
      limits: {
        wallClockSeconds: null,
        idleSeconds: 900,
        modelRequests: null,
        costUsd: null,
        toolCalls: null,
        outputBytes: 1_000_000_000,
      },
      hasTerminal: false,
    });
  });

  it('says in the words of its file what ours are (PROF-1)', () => {
    const text = `
      name: reviewer
      title: The reviewer
      agent: codex
      transport: app-server
      program: codex
      permissions: {expiry_seconds: 60, otherwise: reject, rules: [{tool: execute, command: 'git *', effect: allow}]}
      limits: {wall_clock_seconds: 60, idle_seconds: null, cost_usd: 0.5}
      environment: {OPENAI_API_KEY: MY_KEY}
      terminal: false`;
    expect(successOf(read(text))).toMatchObject({
      name: 'reviewer',
      title: 'The reviewer',
      transport: 'app-server',
      program: ['codex'],
      permissions: { expirySeconds: 60, otherwise: 'reject', rules: [{ tool: 'execute', command: 'git *' }] },
      limits: { wallClockSeconds: 60, idleSeconds: null, costUsd: 0.5 },
      environment: { OPENAI_API_KEY: 'MY_KEY' },
      hasTerminal: false,
    });
  });

  it('TERM-9: gives a terminal to the agent command', () => {
    const text = 'agent: command\nterminal: true\nrecipe: {steps: [{run: aider}]}';
    expect(successOf(read(text))).toMatchObject({ agent: 'command', hasTerminal: true });
  });

  it.each([
    ['agent: codex\nmodle: x', 'executors/mine.yaml:2: modle is not a known key; did you mean model?'],
    [
      'agent: codex\nlimits:\n  idle_seconds: 4\n  wall_clock: 5',
      'executors/mine.yaml:4: limits.wall_clock is not a known key; known ones: wall_clock_seconds, idle_seconds, model_requests, cost_usd, tool_calls, output_bytes',
    ],
    [
      'agent: claude\npermissions:\n  rules:\n    - {tool: a, effect: allow}\n    - {tol: a, effect: allow}',
      'executors/mine.yaml:5: permissions.rules[1].tol is not a known key; did you mean tool?',
    ],
    [
      'agent: cluade',
      'executors/mine.yaml:1: agent must be one of codex, claude, qwen, gemini, opencode, acp, openclaw-acpx, ide-chat, command; did you mean claude?',
    ],
    [
      'model: x',
      'executors/mine.yaml:1: agent is required: one of codex, claude, qwen, gemini, opencode, acp, openclaw-acpx, ide-chat, command',
    ],
    [
      'agent: claude\nsandbox: accept-edits',
      'executors/mine.yaml:2: sandbox of claude must be one of default, acceptEdits, auto, bypassPermissions, dontAsk, manual, plan; did you mean acceptEdits?',
    ],
    [
      'agent: codex\ntransport: app-server\nsandbox: yolo',
      'executors/mine.yaml:3: sandbox of codex must be one of read-only, workspace-write, danger-full-access',
    ],
    [
      'agent: codex\npermissions:\n  otherwise: reject',
      'executors/mine.yaml:2: permissions means nothing for codex by exec, which cannot ask: what it may do is only in its sandbox and its own configuration',
    ],
    ['agent: codex\ntransport: stdio', 'executors/mine.yaml:2: transport of codex must be one of exec, app-server'],
    ['agent: codex\nlimits:\n  idle_seconds: 0', 'executors/mine.yaml:3: limits.idle_seconds must be more than 0'],
    [
      'agent: codex\nlimits:\n  idle_seconds: 5m',
      'executors/mine.yaml:3: limits.idle_seconds must be a number, not a string',
    ],
    ['agent: codex\nargs: --fast', 'executors/mine.yaml:2: args must be a list, not a string'],
    [
      'agent: codex\nprogram: codex --fast',
      'executors/mine.yaml:2: program with arguments is a list: [program, argument]',
    ],
    [
      'agent: acp\nprogram: [/usr/bin/node, /proc/self/cwd/agent.js]',
      'executors/mine.yaml:2: program must not be found through /proc or /dev: what is there is another for each process',
    ],
    ['agent: codex\nprogram: 5', 'executors/mine.yaml:2: program must be a text or a list of texts'],
    ['agent: acp', 'executors/mine.yaml:1: program is required for the agent acp'],
    ['agent: codex\nrecipe: {steps: [{run: ls}]}', 'executors/mine.yaml:2: recipe is for the agent command only'],
    [
      'agent: claude\nterminal: true',
      'executors/mine.yaml:2: terminal is for the agent command only: the output of claude is read as lines, which a terminal would break',
    ],
    [
      'agent: command\nmodel: x',
      'executors/mine.yaml:2: model means nothing for the agent command: its recipe says what is run',
    ],
    ['name: simulation\nagent: codex', 'executors/mine.yaml:1: name is taken: simulation always means the same'],
    ['agent: codex\nagent: claude', 'executors/mine.yaml:2: Map keys must be unique'],
    ['- codex', 'executors/mine.yaml:1: a profile is a mapping of keys such as agent and model'],
    ['', 'executors/mine.yaml:1: a profile is a mapping of keys such as agent and model'],
    ['agent: *codex', 'executors/mine.yaml: Unresolved alias (the anchor must be set before the alias): codex'],
  ])('%j is refused with file, line and key (PROF-2)', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it('tells every problem of a file, and is found under its own name (PROF-2, PROF-4)', () => {
    const parsed = read('name: other\nagent: codex\nmodle: x\nterminal: maybe');
    expect(parsed).toEqual({
      ok: false,
      error: {
        name: 'other',
        problems: [
          'executors/mine.yaml:4: terminal must be true or false, not a string',
          'executors/mine.yaml:3: modle is not a known key; did you mean model?',
        ],
      },
    });
  });

  it.each(['sk-abcdefghijklmnop0123', 'AKIAABCDEFGHIJKLMNOP', 'two words', 'A=b', '""', '{value: abc}', '12345'])(
    'refuses %s as the source of a variable, and does not repeat it (PROF-3)',
    (value) => {
      const [problem = '', ...more] = problemsOf(`agent: codex\nenvironment:\n  KEY: ${value}`);
      expect(problem).toMatch(
        /^executors\/mine\.yaml:3: environment\.KEY must be the name of a variable of the daemon, /,
      );
      expect(problem).not.toContain(value);
      expect(more).toEqual([]);
    },
  );

  it('gives executors no name that is ours (PROF-3)', () => {
    expect(problemsOf('agent: codex\nenvironment: {CODENCER_MARK: HOME}')).toEqual([
      'executors/mine.yaml:2: environment.CODENCER_MARK is a name of ours, which executors do not get',
    ]);
  });

  it.each(['CODENCER_TOKEN', 'CODENCER_X', 'codencer_token', 'ORCHESTRATORD_URL', 'ORCHESTRATOR_TOKEN'])(
    'takes no value from %s, which is ours (PROF-3)',
    (source) => {
      expect(problemsOf(`agent: codex\nenvironment:\n  FOO: ${source}`)).toEqual([
        'executors/mine.yaml:3: environment.FOO must not take its value from a variable that begins with CODENCER_ or ' +
          'ORCHESTRATOR: these are our own settings and tokens, which executors do not get',
      ]);
      expect(problemsOf('agent: codex\nenvironment: {ORCHESTRATORD_URL: HOME}')).toHaveLength(1);
      expect(successOf(read('agent: codex\nenvironment: {FOO: MY_CODENCER_KEY}'))).toMatchObject({
        environment: { FOO: 'MY_CODENCER_KEY' },
      });
    },
  );

  it('has one hash, however it is written (PROF-7)', () => {
    const one = hashProfile(successOf(read('agent: codex\nmodel: x # the good one')));
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(hashProfile(successOf(read('{model: "x", agent: codex, transport: exec}')))).toBe(one);
    expect(hashProfile(successOf(read('agent: codex\nmodel: y')))).not.toBe(one);
  });
});

const SHIPPED = join(import.meta.dirname, '../../../../../resources/executors');
const filesIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.yaml'));

describe('a profile of somebody who means harm', () => {
  const listOf = (count: number, one: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => one(at)).join();
  it.each([
    ['keys', `{${listOf(3000, (at) => `k${at}: 1`)}}`],
    ['arguments', `agent: claude\nargs: [${listOf(15_000, () => '1')}]`],
    ['variables', `agent: claude\nenvironment: {${listOf(2000, (at) => `v${at}: '-'`)}}`],
    ['levels', `agent: ${'['.repeat(15_000)}${']'.repeat(15_000)}`],
    [
      'aliases',
      `a: &a [x, x]\n${listOf(9, (at) => `b${at}: &b${at} [${'*a, '.repeat(50)}]\n`).replaceAll('\n,', '\n')}`,
    ],
  ])('with very many %s has few problems (PROF-6)', (_, text) => {
    const read = parseProfile({ text, file: 'x.yaml', fallbackName: 'x' });
    expect(read.ok ? 0 : read.error.problems.length).toBeGreaterThan(0);
    expect(read.ok ? 0 : read.error.problems.length).toBeLessThanOrEqual(50);
  });
});

describe('profiles that come with the program', () => {
  it.each([
    ...filesIn(SHIPPED).map((name) => join(SHIPPED, name)),
    ...filesIn(join(SHIPPED, 'samples')).map((name) => join(SHIPPED, 'samples', name)),
  ])('%s is understood, and the same when it is sent and read (PROF-5)', (file) => {
    const profile = successOf(parseProfile({ text: readFileSync(file, 'utf8'), file, fallbackName: 'x' }));
    expect(profile.description).not.toBe('');
    const sent: unknown = JSON.parse(JSON.stringify(encodeProfile(profile)));
    expect(profileOf(ProfileDocument.parse(sent), '')).toEqual(profile);
  });

  it('there is one for every agent and transport (PROF-5)', () => {
    const profiles = filesIn(SHIPPED).map((name) =>
      successOf(parseProfile({ text: readFileSync(join(SHIPPED, name), 'utf8'), file: name, fallbackName: name })),
    );
    const there = new Set(profiles.map(({ agent, transport }) => `${agent} ${transport}`));
    const wanted = Object.entries(AGENT_TRANSPORTS).flatMap(([agent, transports]) =>
      agent === 'command' ? [] : transports.map((transport) => `${agent} ${transport}`),
    );
    expect([...there].sort()).toEqual(wanted.sort());
  });
});
