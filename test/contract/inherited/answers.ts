import type { Answer, Request } from './case.ts';
import type { ShapeName } from './shapes.ts';

const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain; charset=utf-8';

export const get = (path: string): Request => ({ method: 'GET', path });
export const post = (path: string, body?: string): Request =>
  body === undefined ? { method: 'POST', path } : { method: 'POST', path, body };
export const patch = (path: string, body: string): Request => ({ method: 'PATCH', path, body });

export const json = (status: number, shape: ShapeName, values?: unknown): Answer =>
  values === undefined ? { status, type: JSON_TYPE, shape } : { status, type: JSON_TYPE, shape, values };

/** The empty list of an inherited route. */
export const NULL_LIST: Answer = { status: 200, type: JSON_TYPE, exact: 'null\n' };
export const exactly = (exact: string): Answer => ({ status: 200, type: JSON_TYPE, exact });

/** A refusal: one line of text, in these words where clients show or parse them. */
export const plain = (status: number, line: string | RegExp = /\S/): Answer => ({
  status,
  type: TEXT_TYPE,
  line,
  headers: { 'x-content-type-options': 'nosniff' },
});

export const empty = (status: number): Answer => ({
  status,
  type: null,
  exact: '',
  ...(status === 204 ? {} : { headers: { 'content-length': '0' } }),
});

export const text = (exact: string): Answer => ({ status: 200, type: 'text/plain', exact });
