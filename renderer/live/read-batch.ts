import type { ClientEvent } from '../../contract/client/client-event.ts';
import type { LiveState } from './live-records.ts';

/** What a batch of events comes to: newest states by id, and the beginnings of the query keys that are out of date. */
export interface BatchEffect {
  readonly states: ReadonlyMap<string, LiveState>;
  readonly stale: readonly (readonly string[])[];
}

export function readBatch(events: readonly ClientEvent[]): BatchEffect {
  const states = new Map<string, LiveState>();
  const stale = new Map<string, readonly string[]>();
  for (const event of events) {
    const moved = movedBy(event);
    const state = event.payload['to'] ?? event.payload['state'];
    if (moved !== '' && typeof state === 'string') {
      states.set(moved, { state, atMs: event.atMs ?? 0, seq: event.seq });
    }
    for (const key of staleKeysOf(event)) stale.set(key.join('\n'), key);
  }
  return { states, stale: [...stale.values()] };
}

function movedBy(event: ClientEvent): string {
  if (event.type === 'run.state_changed') return event.runId;
  if (event.type === 'step.state_changed') return event.stepId;
  return event.type === 'attempt.state_changed' || event.type === 'attempt.ended' ? event.attemptId : '';
}

/** Words of an agent come often and change no list. */
const QUIET: ReadonlySet<string> = new Set(['attempt.progress', 'terminal.typed_into']);

function staleKeysOf({ type, runId, stepId, attemptId, gateId }: ClientEvent): readonly (readonly string[])[] {
  if (QUIET.has(type)) return [];
  const noun = type.split('.', 1)[0] ?? '';
  return [
    ['overview'],
    ...(runId === '' ? [] : [['run', runId]]),
    ...(stepId === '' ? [] : [['step', stepId], ['queue']]),
    ...(attemptId === '' ? [] : [['attempt', attemptId]]),
    ...(gateId === '' ? [] : [['gate', gateId], ['gates']]),
    ...(noun === 'salvage' || type === 'attempt.worktree_kept' ? [['salvage']] : []),
    ...(noun === 'settings' ? [['settings'], ['executors']] : []),
    ...(type === 'instance.started' ? [['instance'], ['executors'], ['diagnostics']] : []),
  ];
}
