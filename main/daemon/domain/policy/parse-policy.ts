import { err, ok, type Result } from '../../../../contract/result.ts';
import type { Policy } from './policy.ts';

export interface PolicyDocument {
  /** What the file holds, decoded. */
  readonly content: unknown;
  /** The file as it stands in sentences. */
  readonly file: string;
  /** The name of a policy whose file names none. */
  readonly fallbackName: string;
}

/** Reads a policy in the documented snake_case. Each sentence of an error names the file and the key. */
export function parsePolicy({ content, file, fallbackName }: PolicyDocument): Result<Policy, readonly string[]> {
  if (!isRecord(content)) return err([`${file}: a policy is a mapping of keys such as gate_when`]);
  const problems = [...headProblems(content), ...SECTION_NAMES.flatMap((section) => sectionProblems(content, section))];
  if (problems.length > 0) return err(problems.map((problem) => `${file}: ${problem}`));
  return ok(buildPolicy(content, fallbackName));
}

type RuleKind = 'flag' | 'count';

/** The documented keys. `unresolved_questions` is the short spelling of the inherited `unresolved_questions_present`. */
const SECTIONS: Readonly<Record<string, Readonly<Record<string, RuleKind>>>> = {
  gate_when: {
    changed_files_over: 'count',
    dependency_files_changed: 'flag',
    migrations_detected: 'flag',
    unresolved_questions: 'flag',
    unresolved_questions_present: 'flag',
    any_validation_fails: 'flag',
  },
  continue_when: {
    all_validations_pass: 'flag',
    max_changed_files: 'count',
    no_forbidden_paths_touched: 'flag',
    no_migrations_detected: 'flag',
  },
  fail_when: { any_validation_fails: 'flag', artifact_persistence_failed: 'flag', timeout_count_over: 'count' },
  retry_when: { adapter_process_failed: 'flag', timeout_once: 'flag', timeout_count_over: 'count' },
};
const SECTION_NAMES = Object.keys(SECTIONS);
const HEAD_KEYS = ['version', 'name', 'description'];
const POLICY_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Rules that need no evaluation here, because something else keeps them always or by the task's own word. */
const KEPT_ELSEWHERE: readonly (readonly [section: string, rule: string, where: string])[] = [
  ['continue_when', 'no_forbidden_paths_touched', 'forbidden_paths of a task are always enforced'],
  ['fail_when', 'artifact_persistence_failed', 'work whose evidence is not whole never completes'],
  ['fail_when', 'timeout_count_over', 'the number of attempts is declared by the task (retry.max_attempts)'],
  ['retry_when', 'adapter_process_failed', 'retries are declared by the task (retry.on)'],
  ['retry_when', 'timeout_once', 'retries are declared by the task (retry.on)'],
  ['retry_when', 'timeout_count_over', 'retries are declared by the task (retry.max_attempts)'],
];

type Content = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Content =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function headProblems(content: Content): readonly string[] {
  const known = [...HEAD_KEYS, ...SECTION_NAMES];
  const unknown = Object.keys(content).filter((key) => !known.includes(key));
  const { version, name, description } = content;
  return [
    ...unknown.map((key) => `${key} is not a known key; known ones: ${known.join(', ')}`),
    ...(isUnset(version) || version === 'v1' || version === 1 ? [] : ['version must be v1']),
    ...(isUnset(name) || (typeof name === 'string' && POLICY_NAME.test(name)) ? [] : [NAME_PROBLEM]),
    ...(isUnset(description) || typeof description === 'string' ? [] : ['description must be a text']),
  ];
}

const NAME_PROBLEM = 'name must be 1 to 128 letters, digits, ".", "_" or "-", starting with a letter or digit';
const isUnset = (value: unknown): value is undefined | null => value === undefined || value === null;

function sectionProblems(content: Content, section: string): readonly string[] {
  const rules = content[section];
  if (isUnset(rules)) return [];
  if (!isRecord(rules)) return [`${section} must be a mapping of rules`];
  const known = SECTIONS[section] ?? {};
  return Object.entries(rules).flatMap(([rule, value]) => {
    const kind = Object.hasOwn(known, rule) ? known[rule] : undefined;
    if (kind === undefined)
      return [`${section}.${rule} is not a known rule; known ones: ${Object.keys(known).join(', ')}`];
    return isUnset(value) || fits(kind, value) ? [] : [`${section}.${rule} must be ${DESCRIPTION[kind]}`];
  });
}

const DESCRIPTION: Readonly<Record<RuleKind, string>> = { flag: 'true or false', count: 'a whole number from 0' };

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const fits = (kind: RuleKind, value: unknown): boolean =>
  kind === 'flag' ? typeof value === 'boolean' : isCount(value);

/** `continue_when` is the other side of `gate_when`: what does not continue is asked about. */
function buildPolicy(content: Content, fallbackName: string): Policy {
  const isOn = (section: string, rule: string): boolean => ruleOf(content, section, rule) === true;
  const counts = [
    ruleOf(content, 'gate_when', 'changed_files_over'),
    ruleOf(content, 'continue_when', 'max_changed_files'),
  ];
  return {
    name: typeof content['name'] === 'string' ? content['name'] : fallbackName,
    gateWhen: {
      changedFilesOver: smallestOf(counts.filter(isCount)),
      dependencyFilesChanged: isOn('gate_when', 'dependency_files_changed'),
      migrationsDetected: isOn('gate_when', 'migrations_detected') || isOn('continue_when', 'no_migrations_detected'),
      unresolvedQuestions:
        isOn('gate_when', 'unresolved_questions') || isOn('gate_when', 'unresolved_questions_present'),
      anyValidationFails: isOn('gate_when', 'any_validation_fails') || isOn('continue_when', 'all_validations_pass'),
    },
    failWhen: { anyValidationFails: isOn('fail_when', 'any_validation_fails') },
    notes: KEPT_ELSEWHERE.filter(([section, rule]) => !isUnset(ruleOf(content, section, rule))).map(
      ([section, rule, where]) => `${section}.${rule}: ${where}`,
    ),
  };
}

function ruleOf(content: Content, section: string, rule: string): unknown {
  const rules = content[section];
  return isRecord(rules) ? rules[rule] : undefined;
}

const smallestOf = (counts: readonly number[]): number | null => (counts.length === 0 ? null : Math.min(...counts));
