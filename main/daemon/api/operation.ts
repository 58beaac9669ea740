import type { z } from 'zod';

import type { ErrorCode } from '../../../contract/errors.ts';
import type { Answers } from './answer-spec.ts';
import type { BodySpec } from './body-spec.ts';
import type { Call } from './call.ts';
import type { InputSpec } from './input-spec.ts';
import { readInput } from './read-input.ts';
import { refuse } from './refuse.ts';

/** What a token of somebody else has to allow for this; the operator's own allows everything. */
export type Scope =
  /** The same for everybody, also without a token in a browser of the user who runs the daemon. */
  | 'public'
  | 'instances:read'
  | 'runs:read'
  | 'runs:write'
  | 'steps:read'
  | 'steps:write'
  | 'gates:read'
  | 'gates:write'
  | 'artifacts:read'
  | 'events:read'
  | 'salvage:read'
  | 'salvage:write'
  | 'admin:read'
  | 'admin:write';

/** One thing that can be asked: what is served by it and what is said of it in `/openapi.json`. */
export interface Operation extends InputSpec {
  /** Unique; generated clients name their functions by it. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly scope: Scope;
  /** With `public`: how one comes by a token, so that it needs none, whatever `auth` says. */
  readonly isDoor?: true;
  /** A process of an attempt is refused. */
  readonly by?: 'operators';
  /** Asked by probes as often as they like: no peer's limit counts it. */
  readonly isUncounted?: true;
  /** Request headers of its own: name → what it does. */
  readonly headers?: Readonly<Record<string, string>>;
  /** By status. */
  readonly answers: Answers;
  /** Those of its service. What follows from scope, path, query and body is known. */
  readonly refusals?: readonly ErrorCode[];
}

/** What stands behind a method of a path. */
export interface Served {
  readonly handle: (call: Call) => unknown;
  readonly declared: Declared;
}

export type Declared =
  | { readonly kind: 'operation'; readonly operation: Operation }
  /** Not in the documents, and why. */
  | { readonly kind: 'hidden'; readonly why: string; readonly openTo?: 'public' | 'door' };

interface Handler {
  handle(call: Call, input: object): unknown;
}

/** Methods, not functions, so that TypeScript lets a handler ask for exactly what its own schemas give. */
interface OperationSpec<P, Q, B> extends Omit<Operation, 'path' | 'query' | 'body'> {
  readonly path?: z.ZodType<P>;
  readonly query?: z.ZodType<Q>;
  readonly body?: BodySpec<B>;
  handle(call: Call, input: P & { readonly query: Q; readonly body: B }): unknown;
}

/** Declares an operation and what answers it. The handler gets path, query and body as their schemas read them. */
export function operation<P = object, Q = undefined, B = undefined>(spec: OperationSpec<P, Q, B>): Served {
  const operation: Operation = spec;
  const handler: Handler = spec;
  return {
    declared: { kind: 'operation', operation },
    handle: (call) => {
      const input = readInput(operation, call.request);
      return input.ok ? handler.handle(call, input.value) : refuse(call, input.error);
    },
  };
}

/** The same for everybody, as an operation of the scope `public`. */
export const hiddenPage = (why: string, handle: Served['handle']): Served => ({
  declared: { kind: 'hidden', why, openTo: 'public' },
  handle,
});

/** The same for everybody, and needed before anybody has a token. */
export const doorPage = (why: string, handle: Served['handle']): Served => ({
  declared: { kind: 'hidden', why, openTo: 'door' },
  handle,
});

export const hidden = (why: string, handle: Served['handle']): Served => ({
  declared: { kind: 'hidden', why },
  handle,
});
