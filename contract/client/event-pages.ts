import { ok, type Result } from '../result.ts';
import type { ClientEvent } from './client-event.ts';
import type { ClientFailure } from './client-failure.ts';
import { viewOf } from './document.ts';
import { type EventFilter, type EventPage, listEvents } from './event-routes.ts';
import type { Connection } from './http-types.ts';
import { isJsonObject } from './json-value.ts';
import type { Item } from './request-list.ts';

/** Everything after a cursor that is in the log by now, page after page. */
export async function* readEventPages(
  connection: Connection,
  { after, ...page }: EventPage,
): AsyncGenerator<Result<readonly Item<ClientEvent>[], ClientFailure>> {
  let cursor = after;
  for (;;) {
    const document = await listEvents(connection, { ...page, after: cursor });
    if (!document.ok) return yield document;
    const views = document.value.read();
    if (!views.ok) return yield views;
    const { json, nextPage } = document.value;
    const objects = Array.isArray(json) ? json.filter((one) => isJsonObject(one)) : [];
    yield ok(views.value.map((view, index) => ({ view, json: objects[index] ?? {} })));
    const last = views.value.at(-1);
    if (nextPage === null || last === undefined) return;
    cursor = last.seq;
  }
}

/** The cursor before the newest `count` events. */
export async function cursorBefore(
  connection: Connection,
  { count, ...filter }: EventFilter & { readonly count: number },
): Promise<Result<number, ClientFailure>> {
  if (filter.runId === undefined && filter.stepId === undefined) {
    const last = await findLastEvent(connection);
    return last.ok ? ok(Math.max(0, last.value - count)) : last;
  }
  let newest: readonly number[] = [];
  for await (const page of readEventPages(connection, { ...filter, after: 0 })) {
    if (!page.ok) return page;
    newest = [...newest, ...page.value.map(({ view }) => view.seq)].slice(-count - 1);
  }
  return ok((newest.length > count ? newest[0] : undefined) ?? 0);
}

/**
 * The newest sequence number, 0 in an empty log. The log is read forwards only, so this leaps and then halves what is
 * left: some thirty small questions for a million events.
 */
async function findLastEvent(connection: Connection): Promise<Result<number, ClientFailure>> {
  let known = 0;
  let isLeaping = true;
  for (let step = 1024; step >= 1; step = isLeaping ? step * 2 : Math.floor(step / 2)) {
    const next = await viewOf(listEvents(connection, { after: known + step - 1, limit: 1 }));
    if (!next.ok) return next;
    const found = next.value[0]?.seq;
    known = found ?? known;
    isLeaping &&= found !== undefined;
  }
  return ok(known);
}
