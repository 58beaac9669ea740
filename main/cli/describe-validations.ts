import type { ClientValidation } from '../../contract/client/client-validation.ts';
import { formatElapsed } from './format-time.ts';
import { oneLine } from './terminal.ts';

/** One line a validation: `  [PASS] unit tests           (0.4 s)`. */
export const describeValidations = (validations: readonly ClientValidation[]): readonly string[] =>
  validations.map((validation) => {
    const details = [
      ...(validation.durationMs > 0 ? [formatElapsed(validation.durationMs)] : []),
      ...(validation.exitCode !== null && validation.exitCode > 0 ? [`exit ${validation.exitCode}`] : []),
      ...(validation.isRequired ? [] : ['not required']),
    ];
    const suffix = details.length === 0 ? '' : ` (${details.join(', ')})`;
    return `  [${verdictOf(validation)}] ${oneLine(validation.name).padEnd(20)}${suffix}`.trimEnd();
  });

function verdictOf({ hasPassed, state }: ClientValidation): string {
  if (hasPassed) return 'PASS';
  return state === '' || state === 'failed' ? 'FAIL' : state.toUpperCase();
}
