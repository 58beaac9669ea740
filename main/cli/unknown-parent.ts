import type { DocumentReply } from '../../contract/client/document.ts';
import type { Connection } from '../../contract/client/http-types.ts';
import type { JsonValue } from '../../contract/client/json-value.ts';
import { getRun } from '../../contract/client/run-routes.ts';
import { getStep } from '../../contract/client/step-routes.ts';
import { printsForPeople } from './prints-for-people.ts';
import type { Terminal } from './terminal.ts';

/** What a list belongs to; an answer of 404 says that there is no such thing. */
export type AskParent = (connection: Connection) => DocumentReply<unknown>;

interface ParentIds {
  readonly run?: string | undefined;
  readonly step?: string | undefined;
}

/**
 * Inherited daemons answer an unknown parent with an empty list, which would pass for "nothing yet": whoever gets one
 * asks for the parent as well. Without an id there is none.
 */
export function parentOf({ run, step }: ParentIds): { readonly parent?: AskParent } {
  if (step !== undefined) return { parent: (connection) => getStep(connection, step) };
  return run === undefined ? {} : { parent: (connection) => getRun(connection, run) };
}

/** For the lists that inherited scripts read: they rely on an empty one, and only a person is refused. */
export const parentForPeople = (
  terminal: Terminal,
  { json: isJson }: { readonly json: boolean },
  ids: ParentIds,
): { readonly parent?: AskParent } => (printsForPeople(terminal, { isJson }) ? parentOf(ids) : {});

export const isEmptyList = (json: JsonValue): boolean => json === null || JSON.stringify(json).length === 2;
