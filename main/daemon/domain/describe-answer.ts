import type { PermissionAnswer } from '../../../contract/permission.ts';
import { assertNever } from '../../../contract/result.ts';

/** What an executor is told, and what the record has of it. */
export interface Answered {
  readonly answer: PermissionAnswer;
  /** `operator`, `profile:<name>` or `daemon`; null: nobody answered. */
  readonly by: string | null;
  /** As the record has it; what the executor is told may say less. */
  readonly reason: string;
}

/** What came of an agent's question, for people: `allowed once by operator: looks fine`. */
export function describeAnswer({ answer, by, reason }: Answered): string {
  const who = by === null ? '' : ` by ${by.replace(PROFILE, 'the profile ')}`;
  const why = reason === '' ? '' : `: ${reason}`;
  switch (answer.answer) {
    case 'allow':
      return `${answer.scope === 'once' ? 'allowed once' : 'allowed for this attempt'}${who}${why}`;
    case 'reject':
      return `rejected${who}${why}`;
    case 'cancelled':
      return 'nobody answered';
    default:
      return assertNever(answer);
  }
}

const PROFILE = /^profile:/;
