import type { EventRecord } from '../../../contract/events.ts';
import type { AttemptId } from '../../../contract/ids.ts';
import type { Store } from '../store/store.ts';

/** What each attempt that works has told last, on one line. */
export interface LastLines {
  /** Null: nothing yet, or nothing since this daemon started. */
  of(attemptId: AttemptId): string | null;
}

const MAX_CHARACTERS = 200;

export function createLastLines(store: Pick<Store, 'onCommit'>): LastLines {
  const lines = new Map<AttemptId, string>();
  store.onCommit((events) => {
    for (const event of events) note(lines, event);
  });
  return { of: (attemptId) => lines.get(attemptId) ?? null };
}

function note(lines: Map<AttemptId, string>, { type, attemptId, payload }: EventRecord): void {
  if (attemptId === null) return;
  if (type === 'attempt.ended') lines.delete(attemptId);
  if (type !== 'attempt.progress') return;
  const line = lineOf(payload);
  if (line !== '') lines.set(attemptId, line);
}

/** Milestones name what they are about in one of a few fields; secrets were masked before they were recorded. */
function lineOf(payload: EventRecord['payload']): string {
  const text = (name: string): string => {
    const value = payload[name];
    return typeof value === 'string' ? value : '';
  };
  const subject = text('text') || text('title') || text('current') || text('message');
  const name = text('name') || text('tool');
  const said = [name, subject].filter((part) => part !== '').join(': ');
  return (said || text('kind').replaceAll('_', ' '))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_CHARACTERS)
    .toWellFormed();
}
