import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAILURE_CLASSES } from '../../../../../contract/failure-class.ts';
import { ACP_OUTCOMES } from '../../../../../main/daemon/adapters/executors/acp/outcomes.ts';
import type { OutcomeCase, OutcomeRow } from '../../../../../main/daemon/adapters/executors/agent/outcome-table.ts';
import { CLAUDE_OUTCOMES } from '../../../../../main/daemon/adapters/executors/claude/outcomes.ts';
import { CODEX_OUTCOMES } from '../../../../../main/daemon/adapters/executors/codex/outcomes.ts';
import { GEMINI_OUTCOMES } from '../../../../../main/daemon/adapters/executors/gemini/outcomes.ts';
import { ACPX_OUTCOMES } from '../../../../../main/daemon/adapters/executors/openclaw-acpx/outcomes.ts';
import { OPENCODE_OUTCOMES } from '../../../../../main/daemon/adapters/executors/opencode/outcomes.ts';
import { QWEN_OUTCOMES } from '../../../../../main/daemon/adapters/executors/qwen/outcomes.ts';
import { ruleFor, type TruthCases, unnoticedMutations } from '../../../../support/check-truth-table.ts';

type Cases = readonly (readonly [rule: string, comesTo: OutcomeRow['comesTo'], known: Partial<OutcomeCase>])[];

const unchanged = { hasChanges: false } as const;
const silent = { hasAnswer: false, hasChanges: false } as const;
const denied = { hasDenials: true, hasChanges: false } as const;
const broken = { hasBrokenCalls: true, hasChanges: false } as const;

type Five = readonly [string, string, string, string, string];

/** What is so for every program that tells its end as a `success` that may be none. */
const successCases = ([failed, refused, unknown, mute, completed]: Five): Cases => [
  [failed, 'adapter_failed', { terminal: 'success', exitCode: 1 }],
  [failed, 'adapter_failed', { terminal: 'success', exitCode: 1, ...denied }],
  [refused, 'permission_denied', { terminal: 'success', ...denied }],
  [refused, 'permission_denied', { terminal: 'success', ...denied, hasBrokenCalls: true }],
  [unknown, 'model_failed', { terminal: 'success', ...broken }],
  [mute, 'model_failed', { terminal: 'success', ...silent }],
  [completed, 'completed', { terminal: 'success' }],
  [completed, 'completed', { terminal: 'success', ...unchanged }],
  [completed, 'completed', { terminal: 'success', hasAnswer: false }],
  [completed, 'completed', { terminal: 'success', exitCode: null }],
  [completed, 'completed', { terminal: 'success', hasDenials: true, hasBrokenCalls: true }],
  [completed, 'completed', { terminal: 'success', error: 'auth' }],
  [completed, 'completed', { terminal: 'success', error: 'rate_limit' }],
  [completed, 'completed', { terminal: 'success', error: 'model' }],
];

type Six = readonly [string, string, string, string, string, string];

/** What is so for every agent of the Agent Client Protocol whose turn ended. */
const turnCases = ([unknown, answered, changed, mute, limited, refused]: Six): Cases => [
  [unknown, 'model_failed', { terminal: 'end_turn', ...broken }],
  [unknown, 'model_failed', { terminal: 'end_turn', ...broken, hasAnswer: false }],
  [answered, 'completed', { terminal: 'end_turn', ...unchanged }],
  [answered, 'completed', { terminal: 'end_turn', hasDenials: true }],
  [answered, 'completed', { terminal: 'end_turn', hasBrokenCalls: true }],
  [changed, 'completed', { terminal: 'end_turn', hasAnswer: false }],
  [mute, 'model_failed', { terminal: 'end_turn', ...silent }],
  [limited, 'limit_reached', { terminal: 'max_tokens' }],
  [limited, 'limit_reached', { terminal: 'max_turn_requests', ...silent }],
  [refused, 'command_failed', { terminal: 'refusal' }],
];

const TABLES: Readonly<Record<string, { readonly rows: readonly OutcomeRow[]; readonly cases: Cases }>> = {
  claude: {
    rows: CLAUDE_OUTCOMES,
    cases: [
      ...successCases(['CLAUDE-11', 'CLAUDE-12', 'CLAUDE-13', 'CLAUDE-14', 'CLAUDE-15']),
      ['CLAUDE-16', 'limit_reached', { terminal: 'error_max_turns', exitCode: 1, error: 'model' }],
      ['CLAUDE-16', 'limit_reached', { terminal: 'error_max_budget_usd', exitCode: 1, error: 'model' }],
      ['CLAUDE-17', 'auth_failed', { terminal: 'success/error', exitCode: 1, error: 'auth' }],
      ['CLAUDE-17', 'auth_failed', { error: 'auth', exitCode: 143 }],
      ['CLAUDE-18', 'rate_limited', { terminal: 'success/error', exitCode: 1, error: 'rate_limit' }],
      ['CLAUDE-19', 'adapter_failed', { terminal: 'aborted', exitCode: 1, error: 'model' }],
      ['CLAUDE-20', 'adapter_failed', { terminal: 'error_during_execution', exitCode: 1, error: 'model' }],
      ['CLAUDE-21', 'model_failed', { terminal: 'success/error', exitCode: 1, error: 'model' }],
      ['CLAUDE-22', 'adapter_failed', {}],
      ['CLAUDE-22', 'adapter_failed', { exitCode: 1 }],
      ['CLAUDE-22', 'adapter_failed', denied],
      ['CLAUDE-22', 'adapter_failed', broken],
      ['CLAUDE-22', 'adapter_failed', silent],
      ['CLAUDE-23', 'command_failed', { terminal: 'success/error', exitCode: 1 }],
      ['CLAUDE-23', 'command_failed', { terminal: 'a word of tomorrow', error: 'other' }],
    ],
  },
  qwen: {
    rows: QWEN_OUTCOMES,
    cases: [
      ...successCases(['QWEN-11', 'QWEN-12', 'QWEN-13', 'QWEN-14', 'QWEN-15']),
      ['QWEN-16', 'request_loop', { terminal: 'error_during_execution', error: 'loop', exitCode: 1 }],
      ['QWEN-17', 'auth_failed', { terminal: 'error_during_execution', error: 'auth' }],
      ['QWEN-18', 'rate_limited', { terminal: 'error_during_execution', error: 'rate_limit' }],
      ['QWEN-19', 'limit_reached', { exitCode: 53 }],
      ['QWEN-19', 'limit_reached', { exitCode: 55, error: 'model' }],
      ['QWEN-20', 'model_failed', { terminal: 'error_during_execution', error: 'model' }],
      ['QWEN-21', 'adapter_failed', {}],
      ['QWEN-21', 'adapter_failed', { exitCode: 1 }],
      ['QWEN-21', 'adapter_failed', denied],
      ['QWEN-21', 'adapter_failed', broken],
      ['QWEN-21', 'adapter_failed', silent],
      ['QWEN-22', 'command_failed', { terminal: 'error_during_execution' }],
      ['QWEN-22', 'command_failed', { terminal: 'error_during_execution', exitCode: 55 }],
    ],
  },
  gemini: {
    rows: GEMINI_OUTCOMES,
    cases: [
      ['GEMINI-11', 'request_loop', { terminal: 'success', error: 'loop' }],
      ['GEMINI-12', 'limit_reached', { terminal: 'success', error: 'limit' }],
      ...successCases(['GEMINI-13', 'GEMINI-14', 'GEMINI-15', 'GEMINI-16', 'GEMINI-17']),
      ['GEMINI-18', 'auth_failed', { terminal: 'error', error: 'auth', exitCode: 1 }],
      ['GEMINI-19', 'auth_failed', { terminal: 'error', exitCode: 145 }],
      ['GEMINI-19', 'auth_failed', { exitCode: 147, error: 'model' }],
      ['GEMINI-19', 'auth_failed', { exitCode: 41 }],
      ['GEMINI-20', 'rate_limited', { terminal: 'error', error: 'rate_limit', exitCode: 1 }],
      ['GEMINI-21', 'rate_limited', { exitCode: 173 }],
      ['GEMINI-22', 'limit_reached', { terminal: 'error', error: 'model', exitCode: 53 }],
      ['GEMINI-23', 'adapter_failed', { exitCode: 55, error: 'model' }],
      ['GEMINI-24', 'model_failed', { terminal: 'error', error: 'model', exitCode: 144 }],
      ['GEMINI-24', 'model_failed', { terminal: 'error', error: 'model', exitCode: 55 }],
      ['GEMINI-24', 'model_failed', { terminal: 'error', error: 'model', exitCode: 244 }],
      ['GEMINI-24', 'model_failed', { error: 'model' }],
      ['GEMINI-25', 'adapter_failed', {}],
      ['GEMINI-25', 'adapter_failed', { exitCode: 1 }],
      ['GEMINI-25', 'adapter_failed', denied],
      ['GEMINI-25', 'adapter_failed', broken],
      ['GEMINI-25', 'adapter_failed', silent],
      ['GEMINI-26', 'command_failed', { terminal: 'error', exitCode: 1 }],
    ],
  },
  opencode: {
    rows: OPENCODE_OUTCOMES,
    cases: [
      ['OPENCODE-11', 'adapter_failed', { terminal: 'stop', exitCode: 1 }],
      ['OPENCODE-12', 'adapter_failed', { terminal: 'stop', exitCode: null }],
      ['OPENCODE-13', 'permission_denied', { terminal: 'stop', ...denied }],
      ['OPENCODE-13', 'permission_denied', { terminal: 'stop', ...denied, hasBrokenCalls: true }],
      ['OPENCODE-14', 'model_failed', { terminal: 'stop', ...broken }],
      ['OPENCODE-14', 'model_failed', { terminal: 'stop', ...broken, hasAnswer: false }],
      ['OPENCODE-15', 'completed', { terminal: 'stop' }],
      ['OPENCODE-15', 'completed', { terminal: 'stop', ...unchanged }],
      ['OPENCODE-15', 'completed', { terminal: 'stop', error: 'model' }],
      ['OPENCODE-15', 'completed', { terminal: 'stop', hasDenials: true }],
      ['OPENCODE-15', 'completed', { terminal: 'stop', hasBrokenCalls: true }],
      ['OPENCODE-16', 'completed', { terminal: 'stop', hasAnswer: false }],
      ['OPENCODE-17', 'model_failed', { terminal: 'stop', ...silent }],
      ['OPENCODE-18', 'model_failed', { terminal: 'length', error: 'auth' }],
      ['OPENCODE-19', 'command_failed', { terminal: 'content-filter', error: 'auth' }],
      ['OPENCODE-20', 'auth_failed', { terminal: 'error', error: 'auth', exitCode: 1 }],
      ['OPENCODE-21', 'rate_limited', { terminal: 'error', error: 'rate_limit', exitCode: 1 }],
      ['OPENCODE-22', 'model_failed', { terminal: 'error', error: 'model', exitCode: 1 }],
      ['OPENCODE-23', 'permission_denied', { hasDenials: true }],
      ['OPENCODE-23', 'permission_denied', denied],
      ['OPENCODE-24', 'adapter_failed', {}],
      ['OPENCODE-24', 'adapter_failed', { exitCode: 1 }],
      ['OPENCODE-24', 'adapter_failed', { exitCode: null }],
      ['OPENCODE-24', 'adapter_failed', { terminal: 'error', error: 'other' }],
      ['OPENCODE-24', 'adapter_failed', broken],
      ['OPENCODE-24', 'adapter_failed', silent],
    ],
  },
  acp: {
    rows: ACP_OUTCOMES,
    cases: [
      ['ACP-21', 'auth_failed', { terminal: 'error', error: 'auth' }],
      ['ACP-22', 'rate_limited', { terminal: 'error', error: 'rate_limit' }],
      ['ACP-23', 'model_failed', { terminal: 'end_turn', error: 'model' }],
      ['ACP-24', 'request_loop', { terminal: 'error', error: 'loop' }],
      ['ACP-25', 'permission_denied', { terminal: 'end_turn', ...denied }],
      ['ACP-25', 'permission_denied', { terminal: 'end_turn', ...denied, hasBrokenCalls: true }],
      ...turnCases(['ACP-26', 'ACP-27', 'ACP-28', 'ACP-29', 'ACP-30', 'ACP-31']),
      ['ACP-32', 'permission_denied', { terminal: 'cancelled', hasDenials: true }],
      ['ACP-33', 'adapter_failed', { terminal: 'cancelled' }],
      ['ACP-34', 'adapter_failed', {}],
      ['ACP-34', 'adapter_failed', denied],
      ['ACP-34', 'adapter_failed', broken],
      ['ACP-34', 'adapter_failed', silent],
      ['ACP-35', 'adapter_failed', { terminal: 'error', error: 'other' }],
      ['ACP-35', 'adapter_failed', { terminal: 'error', ...denied }],
      ['ACP-35', 'adapter_failed', { terminal: 'error', ...silent, hasBrokenCalls: true }],
    ],
  },
  'openclaw-acpx': {
    rows: ACPX_OUTCOMES,
    cases: [
      ['ACPX-11', 'permission_denied', { terminal: 'end_turn', exitCode: 5 }],
      ['ACPX-12', 'timeout', { exitCode: 3 }],
      ['ACPX-13', 'permission_denied', { terminal: 'end_turn', ...denied, error: 'auth' }],
      ['ACPX-13', 'permission_denied', { terminal: 'cancelled', ...denied }],
      ['ACPX-14', 'auth_failed', { exitCode: 1, error: 'auth' }],
      ['ACPX-15', 'rate_limited', { exitCode: 1, error: 'rate_limit' }],
      ['ACPX-16', 'model_failed', { exitCode: 1, error: 'model' }],
      ['ACPX-17', 'request_loop', { exitCode: 1, error: 'loop' }],
      ['ACPX-18', 'adapter_failed', { terminal: 'end_turn', exitCode: 1 }],
      ...turnCases(['ACPX-19', 'ACPX-20', 'ACPX-21', 'ACPX-22', 'ACPX-23', 'ACPX-24']),
      ['ACPX-20', 'completed', { terminal: 'end_turn', exitCode: null }],
      ['ACPX-25', 'adapter_failed', {}],
      ['ACPX-25', 'adapter_failed', { exitCode: 1, error: 'other' }],
      ['ACPX-25', 'adapter_failed', denied],
      ['ACPX-25', 'adapter_failed', broken],
      ['ACPX-25', 'adapter_failed', silent],
      ['ACPX-25', 'adapter_failed', { terminal: 'cancelled' }],
    ],
  },
};

const FOLDER = join(import.meta.dirname, '../../../../../main/daemon/adapters/executors');

/** Rules of a SPEC.md that say what a run comes to: their last column is a failure class, or `completed`. */
function specifiedOutcomes(agent: string): Readonly<Record<string, string>> {
  const spec = readFileSync(join(FOLDER, agent, 'SPEC.md'), 'utf8');
  const rows = [...spec.matchAll(/^\| ([A-Z]+-\d+) \|.*\| `?(\w+)`?[^|]*\|$/gm)];
  return Object.fromEntries(rows.map(([, rule = '', comesTo = '']) => [rule, comesTo]));
}

describe.each(Object.entries(TABLES))('the truth table of %s', (agent, { rows, cases }) => {
  const truths: TruthCases = cases.map(([rule, , known]) => [rule, known]);

  it.each(cases)('%s: %s for %o', (rule, comesTo, known) => {
    expect(ruleFor(rows, known)).toBe(rule);
    expect(rows.find((row) => row.rule === rule)?.comesTo).toBe(comesTo);
  });

  it('has a case for every row, and none that a row or a condition less would not change', () => {
    expect(new Set(truths.map(([rule]) => rule))).toEqual(new Set(rows.map(({ rule }) => rule)));
    expect(unnoticedMutations(rows, truths)).toEqual([]);
  });

  it('says the same as its SPEC.md', () => {
    expect(Object.fromEntries(rows.map(({ rule, comesTo }) => [rule, comesTo]))).toEqual(specifiedOutcomes(agent));
  });
});

const ALL: readonly (readonly [string, readonly OutcomeRow[]])[] = [
  ...Object.entries(TABLES).map(([agent, { rows }]) => [agent, rows] as const),
  ['codex', CODEX_OUTCOMES],
];

describe.each(ALL)('AGENT-12: the table of %s', (_, rows) => {
  it('has a last row that fits everything, and an answer for each combination', () => {
    expect(rows.at(-1)?.when).toEqual({});
    const words = rows.flatMap(({ when }) => when.terminal ?? []);
    for (const known of everyCase([...new Set([...words, null, 'unheard of'])])) {
      expect(() => ruleFor(rows, known)).not.toThrow();
    }
  });

  it('completes only what told an end of its own', () => {
    for (const known of everyCase([null])) {
      const row = rows.find(({ rule }) => rule === ruleFor(rows, known));
      expect(row?.comesTo).not.toBe('completed');
    }
  });

  it('names failures that everybody knows, each row once', () => {
    for (const { comesTo } of rows) expect(['completed', ...Object.keys(FAILURE_CLASSES)]).toContain(comesTo);
    expect(new Set(rows.map(({ rule }) => rule)).size).toBe(rows.length);
  });
});

function everyCase(terminals: readonly (string | null)[]): readonly OutcomeCase[] {
  const flags = [true, false];
  return terminals.flatMap((terminal) =>
    [0, 1, 5, 53, 145, null].flatMap((exitCode) =>
      ([null, 'auth', 'rate_limit', 'model', 'refusal', 'limit', 'loop', 'other'] as const).flatMap((error) =>
        flags.flatMap((hasDenials) =>
          flags.flatMap((hasBrokenCalls) =>
            flags.flatMap((hasAnswer) =>
              flags.map((hasChanges) => ({
                terminal,
                exitCode,
                error,
                hasDenials,
                hasBrokenCalls,
                hasAnswer,
                hasChanges,
              })),
            ),
          ),
        ),
      ),
    ),
  );
}
