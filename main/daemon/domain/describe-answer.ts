import type { PermissionAnswer } from '../../../contract/permission.ts';
import { assertNever } from '../../../contract/result.ts';

/** What came of an agent's question, for people; a no with what the agent was told. */
export function describeAnswer(given: PermissionAnswer): string {
  switch (given.answer) {
    case 'allow':
      return given.scope === 'once' ? 'allowed once' : 'allowed for this attempt';
    case 'reject':
      return `rejected: ${given.reason}`;
    case 'cancelled':
      return 'nobody answered';
    default:
      return assertNever(given);
  }
}
