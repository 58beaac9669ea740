import type { JsonObject } from './json-value.ts';
import type { Fields } from './read-fields.ts';

/** One line of what an agent did, as far as its kind says it. A newer daemon may know further kinds. */
export interface ClientActivity {
  readonly atMs: number;
  readonly kind: string;
  readonly text: string;
  readonly isDelta: boolean;
  readonly session: string;
  readonly model: string;
  readonly callId: string;
  readonly name: string;
  readonly tool: string;
  readonly title: string;
  /** What a tool was given. */
  readonly input: string;
  readonly output: string;
  /** Of a tool call. */
  readonly status: string;
  readonly exitCode: number | null;
  readonly path: string;
  readonly change: string;
  readonly entries: readonly { readonly content: string; readonly status: string }[];
  readonly usage: JsonObject;
  /** Of a retry. */
  readonly attempt: number;
  readonly max: number | null;
  readonly level: string;
}

export const clientActivity = (fields: Fields): ClientActivity => ({
  atMs: fields.integer('at_ms'),
  kind: fields.id('kind'),
  text: fields.text('text'),
  isDelta: fields.flag('is_delta'),
  session: fields.text('session'),
  model: fields.text('model'),
  callId: fields.text('call_id'),
  name: fields.text('name'),
  tool: fields.text('tool'),
  title: fields.text('title'),
  input: fields.text('input'),
  output: fields.text('output'),
  status: textOf(fields, 'status'),
  exitCode: fields.optionalInteger('exit_code'),
  path: fields.text('path'),
  change: fields.text('change'),
  entries: fields.objects('entries', (entry) => ({ content: entry.text('content'), status: entry.text('status') })),
  usage: fields.json('usage'),
  attempt: fields.integer('attempt'),
  max: fields.optionalInteger('max'),
  level: fields.text('level'),
});

/** The status of a retry is a number. */
function textOf(fields: Fields, name: string): string {
  const value = fields.value(name);
  return typeof value === 'string' ? value : '';
}
