import { defaultValidationName, type TaskSpec, type ValidationSpec } from '../../../contract/task-spec.ts';

/**
 * The text that an agent is given: a section for each part of the task that says something, in the inherited order and
 * without an end of line at its end.
 */
export function composePrompt(spec: TaskSpec): string {
  const sections = [
    section('Task Title', spec.title),
    section('Goal', spec.goal),
    section('Context', spec.contextSummary),
    section('Constraints', list(spec.constraints)),
    section('Allowed Paths', list(spec.allowedPaths)),
    section('Forbidden Paths', list(spec.forbiddenPaths)),
    section('Acceptance Criteria', list(spec.acceptance)),
    section('Validations', list(spec.validations.map(describeValidation))),
    section('Stop Conditions', list(spec.stopConditions)),
    section('Policy', spec.policyBundle),
    section('Timeout Seconds', spec.timeoutSeconds === undefined ? '' : String(spec.timeoutSeconds)),
  ].filter((text) => text !== '');
  return sections.length === 0 ? section('Goal', 'Complete the requested task.') : sections.join('\n\n');
}

export interface Return {
  /** What it is told to do. */
  readonly told: string;
  /** The worktree that it has now; absolute. */
  readonly worktreePath: string;
  /** The one in which its session knows its files; null when it is the same, or nobody knows. */
  readonly formerPath: string | null;
}

/**
 * The text for an agent that goes on with a session. Its memory may be full of absolute paths of a worktree that is gone:
 * what it wrote there would be seen by nobody.
 */
export function composeReturn({ told, worktreePath, formerPath }: Return): string {
  const former = formerPath === null ? '' : ` Nothing is to be read or written in ${formerPath} any more.`;
  return `${told}\n\nYour working directory is ${worktreePath} now; what was made so far is in it.${former}`;
}

function section(header: string, body: string): string {
  const text = body.trim();
  return text === '' ? '' : `${header}\n${text}`;
}

const list = (items: readonly string[]): string =>
  items
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => `- ${item}`)
    .join('\n');

/** A name that nobody gave says nothing. */
const describeValidation = ({ name, command }: ValidationSpec, index: number): string =>
  name === defaultValidationName(index) ? command : `${name}: ${command}`;
