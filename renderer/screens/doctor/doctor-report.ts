import type { ClientCheck } from '../../../contract/client/client-checks.ts';

const ORDER: readonly string[] = ['problem', 'warning', 'ok'];

/** What needs somebody first; otherwise as the daemon tells it. */
export const worstFirst = (checks: readonly ClientCheck[]): readonly ClientCheck[] =>
  checks.toSorted((one, other) => ORDER.indexOf(one.result) - ORDER.indexOf(other.result));

/** As text, for whoever is asked for help. */
export const reportText = (checks: readonly ClientCheck[]): string =>
  worstFirst(checks)
    .map(({ name, result, detail, advice }) => `${result}: ${name}: ${detail}${advice === '' ? '' : ` → ${advice}`}`)
    .join('\n');
