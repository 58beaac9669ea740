/**
 * The least that a page of runs costs: fastify, a checked query, one prepared statement, one JSON text. Takes the record's file as its
 * argument and prints the port on which it listens. `/kept` answers one page that was read once.
 */
import Database from 'better-sqlite3';
import fastify from 'fastify';
import { z } from 'zod';

interface RunRow {
  readonly id: string;
  readonly project_id: string;
  readonly conversation_id: string;
  readonly planner_id: string;
  readonly executor_id: string;
  readonly state: string;
  readonly created_at_ms: number;
  readonly updated_at_ms: number;
  readonly recovery_notes: string;
  readonly close_when_idle: number;
}

const [file = ''] = process.argv.slice(2);
const db = new Database(file, { readonly: true, fileMustExist: true });
const page = db.prepare<[number], RunRow>('SELECT * FROM runs ORDER BY created_at_ms DESC, id DESC LIMIT ?');
const app = fastify();

const Query = z.object({ limit: z.coerce.number().int().min(1).max(1000) });

app.get('/api/v1/runs', (request, reply) => {
  const { limit } = Query.parse(request.query);
  return reply.type('application/json').send(bodyOf(limit));
});

const kept = Buffer.from(bodyOf(50));
app.get('/kept', (_request, reply) => reply.type('application/json').send(kept));

function bodyOf(limit: number): string {
  return `${JSON.stringify(page.all(limit).map(toWire))}\n`;
}

function toWire(row: RunRow) {
  return {
    id: row.id,
    project_id: row.project_id,
    conversation_id: row.conversation_id || undefined,
    planner_id: row.planner_id || undefined,
    executor_id: row.executor_id || undefined,
    state: row.state,
    created_at: timeText(row.created_at_ms),
    updated_at: timeText(row.updated_at_ms),
    recovery_notes: row.recovery_notes,
    Phases: null,
    close_when_idle: row.close_when_idle === 1,
  };
}

/** As the wire has it: no zeros at the end of the fraction. */
function timeText(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.?0*Z$/, 'Z');
}

const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${new URL(url).port}\n`);
