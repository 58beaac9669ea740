import type { ClientFailure } from '../../contract/client/client-failure.ts';
import { EXIT } from '../../contract/errors.ts';
import { assertNever } from '../../contract/result.ts';
import { formatJson } from './format-json.ts';
import { oneLine, printable, type Terminal } from './terminal.ts';

/** Why a command could not do its work. `error` and `status` are what scripts read; the rest is for people. */
export interface CliFailure {
  readonly error: string;
  readonly message: string;
  readonly status?: number;
  readonly exit: number;
  /** What to do about it, as a sentence or a command. */
  readonly nextStep?: string;
}

export const EXIT_INTERRUPTED = 130;

export const usageFailure = (message: string): CliFailure => ({ error: 'invalid usage', message, exit: EXIT.usage });

export function failureOf(failure: ClientFailure, programName: string): CliFailure {
  switch (failure.kind) {
    case 'unreachable':
      return unreachable(failure, programName);
    case 'refused':
      return {
        error: 'request_failed',
        message: failure.message,
        status: failure.status,
        exit: exitOf(failure.status),
      };
    case 'unreadable':
      return { error: 'parsing response', message: failure.detail, exit: EXIT.infrastructure };
    case 'aborted':
      return { error: 'interrupted', message: 'interrupted before the daemon answered', exit: EXIT_INTERRUPTED };
    default:
      return assertNever(failure);
  }
}

/** The daemon is not there: one line, with the command that starts it. */
export const notRunning = (what: string, programName: string): CliFailure => ({
  error: 'connecting to orchestratord',
  message: `${what}; start a daemon with: ${programName} up`,
  exit: EXIT.infrastructure,
});

function unreachable(failure: ClientFailure & { readonly kind: 'unreachable' }, programName: string): CliFailure {
  const where = failure.url.split('/').slice(0, 3).join('/');
  if (failure.cause === 'ECONNREFUSED') {
    return notRunning(`no daemon answers at ${where} (connection refused)`, programName);
  }
  const message = `${failure.method} ${failure.url} brought no answer (${failure.detail || failure.cause})`;
  return { error: 'connecting to orchestratord', message, exit: EXIT.infrastructure };
}

const exitOf = (status: number): number =>
  status === 400 || status === 404 || status === 405 ? EXIT.usage : EXIT.infrastructure;

/**
 * With `--json` the failure is the one document on stdout; else it is one or two lines on stderr. Whoever pressed Ctrl-C
 * reads stderr in either case.
 */
export function reportFailure(terminal: Terminal, failure: CliFailure, isJson: boolean): void {
  const { error, message, status, nextStep } = failure;
  if (isJson && failure.exit === EXIT_INTERRUPTED) terminal.err(`${printable(message)}\n`);
  if (isJson) {
    terminal.out(
      formatJson({ error, ...(message === '' ? {} : { message }), ...(status === undefined ? {} : { status }) }),
    );
    return;
  }
  const text = SPEAKS_FOR_ITSELF.has(error) || message === '' ? message || error : `${error}: ${message}`;
  terminal.err(`${printable(text)}\n${nextStep === undefined ? '' : `${oneLine(nextStep)}\n`}`);
}

/** Failures whose sentence is complete; the word in front is for programs only. */
const SPEAKS_FOR_ITSELF = new Set(['request_failed', 'client_side_timeout', 'interrupted']);
