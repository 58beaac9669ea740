import { ok, type Result } from '../result.ts';
import type { ClientFailure } from './client-failure.ts';
import { type Document, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';
import { type Fields, readList } from './read-fields.ts';
import type { RequestSpec } from './send-request.ts';

/** An entry of a list, as it came and as it is read. */
export interface Item<T> {
  readonly json: JsonObject;
  readonly view: T;
}

export type ListReply<T> = Promise<Result<readonly Item<T>[], ClientFailure>>;

/** A whole list, page after page. */
export async function requestList<T>(
  connection: Connection,
  spec: RequestSpec,
  read: (fields: Fields) => T,
): ListReply<T> {
  const items: Item<T>[] = [];
  let next: RequestSpec | null = spec;
  while (next !== null) {
    const page: Result<Document<readonly T[]>, ClientFailure> = await requestDocument(connection, next, (json) =>
      readList(json, read),
    );
    if (!page.ok) return page;
    const views = page.value.read();
    if (!views.ok) return views;
    const { json } = page.value;
    const nextPage: string | null = views.value.length === 0 ? null : page.value.nextPage;
    const objects = Array.isArray(json) ? json.filter((one) => isJsonObject(one)) : [];
    for (const [index, view] of views.value.entries()) items.push({ view, json: objects[index] ?? {} });
    next = nextPage === null ? null : { method: spec.method, path: nextPage, signal: spec.signal };
  }
  return ok(items);
}
