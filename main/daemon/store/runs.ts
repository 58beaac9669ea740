import type { ProjectId, RunId } from '../../../contract/ids.ts';
import { RunRecord } from '../../../contract/records.ts';
import type { RunState } from '../../../contract/run-state.ts';
import { flag, json, plain } from './columns.ts';
import { BEFORE, cursorOf, NEWEST_FIRST, type PageStart } from './newest-first.ts';
import { createRecordTable } from './record-table.ts';
import { LIMIT } from './selection.ts';
import type { StoreParts, TableShape } from './table-shape.ts';

export interface RunFilter {
  readonly projectId?: ProjectId | undefined;
  readonly conversationId?: string | undefined;
  readonly state?: RunState | undefined;
}

export interface RunTable {
  insert(run: RunRecord): void;
  save(run: RunRecord): void;
  get(id: RunId): RunRecord | null;
  /** Newest first. */
  list(
    page: RunFilter & { readonly limit: number; readonly before?: PageStart<RunId> | undefined },
  ): readonly RunRecord[];
  count(filter: RunFilter): number;
  /** Runs that have not ended, oldest first. */
  listOpen(): readonly RunRecord[];
}

const SHAPE: TableShape<RunRecord> = {
  table: 'runs',
  columns: {
    id: plain('id'),
    projectId: plain('project_id'),
    conversationId: plain('conversation_id'),
    plannerId: plain('planner_id'),
    executorId: plain('executor_id'),
    state: plain('state'),
    closeWhenIdle: flag('close_when_idle'),
    abortRequest: json('abort_request'),
    recoveryNotes: plain('recovery_notes'),
    createdAtMs: plain('created_at_ms'),
    updatedAtMs: plain('updated_at_ms'),
  },
  key: ['id'],
  fixed: ['createdAtMs'],
  schema: RunRecord,
};

const OPEN = `INDEXED BY runs_open WHERE state IN ('created', 'running', 'paused_for_gate')
  ORDER BY created_at_ms, id`;

const FILTERS = ['projectId', 'conversationId', 'state'] as const;

export function createRunTable(parts: StoreParts): RunTable {
  const table = createRecordTable(parts, SHAPE);
  const byId = table.select('WHERE id = ?');
  const open = table.select(OPEN);
  const count = createCounts(parts);

  return {
    insert: table.insert,
    save: table.save,
    get: (id) => byId.one(id),
    list({ limit, before, ...filter }) {
      const used = FILTERS.flatMap((field) => (filter[field] === undefined ? [] : [{ field, value: filter[field] }]));
      const conditions = [...used.map(({ field }) => `${SHAPE.columns[field].name} = ?`), BEFORE];
      const page = table.select(`WHERE ${conditions.join(' AND ')} ${NEWEST_FIRST} ${LIMIT}`);
      return page.page(limit, ...used.map(({ value }) => value), ...cursorOf(before));
    },
    count(filter) {
      const used = FILTERS.flatMap((field) => (filter[field] === undefined ? [] : [{ field, value: filter[field] }]));
      const conditions = [...used.map(({ field }) => `${SHAPE.columns[field].name} = ?`), 'created_at_ms >= 0'];
      const counted = count(`SELECT count(*) FROM runs WHERE ${conditions.join(' AND ')}`);
      return counted.get(...used.map(({ value }) => value)) ?? 0;
    },
    listOpen: () => open.all(),
  };
}

/** The statement of each count is prepared once. */
function createCounts({ db }: Pick<StoreParts, 'db'>) {
  const prepare = (text: string) => db.prepare<string[], number>(text).pluck();
  const prepared = new Map<string, ReturnType<typeof prepare>>();
  return (text: string) => {
    const statement = prepared.get(text) ?? prepare(text);
    prepared.set(text, statement);
    return statement;
  };
}
