/** Why a call brought nothing. Only `refused` is an answer of the daemon. */
export type ClientFailure =
  | Unreachable
  | { readonly kind: 'aborted' }
  /** The daemon said no. `code` is the word of the error table, `null` from a daemon that does not send it. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string | null; readonly message: string }
  /** The daemon answered with something that is not what the route promises. */
  | { readonly kind: 'unreadable'; readonly status: number; readonly detail: string };

export interface Unreachable {
  readonly kind: 'unreachable';
  readonly method: string;
  readonly url: string;
  /** The system's word (`ECONNREFUSED`, `ECONNRESET`, …), or `TIMEOUT`. */
  readonly cause: string;
  readonly detail: string;
}
