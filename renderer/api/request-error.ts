import type { ClientFailure } from '../../contract/client/client-failure.ts';

/** A call that brought nothing, as queries and mutations carry it. */
export class RequestError extends Error {
  readonly failure: ClientFailure;

  constructor(failure: ClientFailure) {
    super(failure.kind === 'refused' ? failure.message : failure.kind);
    this.failure = failure;
  }
}

export const failureOf = (error: unknown): ClientFailure | null =>
  error instanceof RequestError ? error.failure : null;

/** The daemon does not know this page's session any more. */
export const isLockedOut = (error: unknown): boolean => {
  const failure = failureOf(error);
  return failure?.kind === 'refused' && failure.status === 401;
};
