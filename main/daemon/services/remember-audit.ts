import { LastAudit } from '../../../contract/last-audit.ts';
import type { AuditReport } from './audit.ts';
import type { ServiceContext } from './context.ts';

const KEY = 'last_audit';

/** Keeps what a check found, for whoever asks later when the record was checked last. */
export function rememberAudit(
  { store, clock, log }: Pick<ServiceContext, 'store' | 'clock' | 'log'>,
  { ok, events, artifacts, problems }: AuditReport,
): void {
  const last: LastAudit = { version: 1, atMs: clock(), ok, events, artifacts, problems: problems.length };
  try {
    store.settings.set(KEY, JSON.stringify(last));
  } catch (error) {
    log('warn', 'the outcome of an audit could not be kept', { error });
  }
}

/** Null: it was never checked, or a newer version has kept the outcome in a form of its own. */
export function lastAudit({ store }: Pick<ServiceContext, 'store'>): LastAudit | null {
  const text = store.settings.get(KEY);
  return text === null ? null : (LastAudit.safeParse(parseOrNull(text)).data ?? null);
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // nobody relies on it: the next audit writes it anew
  }
}
