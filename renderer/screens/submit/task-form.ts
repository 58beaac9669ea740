import type { JsonObject } from '../../../contract/client/json-value.ts';

export interface ValidationRow {
  readonly name: string;
  readonly command: string;
  readonly isRequired: boolean;
}

/** A task as it is typed. Lists are texts of one entry a line. */
export interface TaskForm {
  readonly title: string;
  readonly goal: string;
  readonly context: string;
  readonly executor: string;
  readonly constraints: string;
  readonly acceptance: string;
  readonly validations: readonly ValidationRow[];
  readonly policy: string;
  readonly timeout: string;
  readonly base: string;
}

export const EMPTY_FORM: TaskForm = {
  title: '',
  goal: '',
  context: '',
  executor: '',
  constraints: '',
  acceptance: '',
  validations: [],
  policy: '',
  timeout: '',
  base: '',
};

export const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const defaultValidationName = (index: number): string => `validation-${index + 1}`;

const used = ({ validations }: TaskForm): readonly ValidationRow[] =>
  validations.filter(({ name, command }) => `${name}${command}`.trim() !== '');

/** The task in its wire form, with nothing in it that was not said. */
export function taskOf(form: TaskForm): JsonObject {
  const { title, goal, context, executor, policy, timeout, base } = form;
  const constraints = linesOf(form.constraints);
  const acceptance = linesOf(form.acceptance);
  const validations = used(form).map(({ name, command, isRequired }, index) => ({
    name: name.trim() || defaultValidationName(index),
    command,
    ...(isRequired ? {} : { required: false }),
  }));
  return {
    version: 'v1',
    title: title.trim() || 'Direct task',
    goal,
    ...(context.trim() === '' ? {} : { context: { summary: context } }),
    ...(executor === '' ? {} : { adapter_profile: executor }),
    ...(timeout.trim() === '' ? {} : { timeout_seconds: Number(timeout) }),
    ...(policy.trim() === '' ? {} : { policy_bundle: policy.trim() }),
    ...(base.trim() === '' ? {} : { base_ref: base.trim() }),
    ...(constraints.length === 0 ? {} : { constraints: [...constraints] }),
    ...(acceptance.length === 0 ? {} : { acceptance: [...acceptance] }),
    ...(validations.length === 0 ? {} : { validations }),
  };
}

export type FormField = keyof TaskForm;

const MAX_TEXT = 1_000_000;
const MAX_TIMEOUT_SECONDS = 7 * 24 * 3600;

/** What keeps a task from being accepted, by field. A goal is missed only once somebody tried to submit. */
export function problemsOf(form: TaskForm): ReadonlyMap<FormField, string> {
  const problems = new Map<FormField, string>();
  if (form.goal.trim() === '') problems.set('goal', 'Say what is to be done.');
  if (form.goal.length > MAX_TEXT) problems.set('goal', 'At most a million characters. Put the rest into a file.');
  if (form.title.length > 10_000) problems.set('title', 'At most 10,000 characters.');
  if (form.context.length > MAX_TEXT) problems.set('context', 'At most a million characters.');
  if (form.policy.trim().length > 200) problems.set('policy', 'At most 200 characters.');
  if (form.base.length > 1000 || form.base.includes('\0')) problems.set('base', 'At most 1,000 visible characters.');
  const timeout = form.timeout.trim();
  const seconds = Number(timeout);
  if (timeout !== '' && !(Number.isInteger(seconds) && seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS)) {
    problems.set('timeout', 'A whole number of seconds over 0, at most a week (604,800).');
  }
  const validation = problemOfValidations(used(form));
  if (validation !== null) problems.set('validations', validation);
  return problems;
}

function problemOfValidations(rows: readonly ValidationRow[]): string | null {
  const bare = rows.findIndex(({ command }) => command.trim() === '');
  if (bare !== -1) return `Validation ${bare + 1} has no command.`;
  const cut = rows.findIndex(({ command, name }) => command.includes('\0') || name.trim().length > 200);
  return cut === -1 ? null : `Validation ${cut + 1} has a name over 200 characters or a null character.`;
}
