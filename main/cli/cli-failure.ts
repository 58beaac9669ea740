import type { ClientFailure } from '../../contract/client/client-failure.ts';
import { type ErrorCode, EXIT } from '../../contract/errors.ts';
import { assertNever } from '../../contract/result.ts';
import { formatJson, formatJsonLine } from './format-json.ts';
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
      return refused(failure, programName);
    case 'unreadable':
      return {
        error: 'parsing response',
        message: failure.detail,
        exit: EXIT.infrastructure,
        nextStep: `The daemon may be of another version than this program: ${programName} instance`,
      };
    case 'aborted':
      return {
        error: 'interrupted',
        message: 'interrupted before the daemon answered; what was asked may be done all the same',
        exit: EXIT_INTERRUPTED,
      };
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
  const nextStep = `What it says about itself: ${programName} doctor`;
  return { error: 'connecting to orchestratord', message, exit: EXIT.infrastructure, nextStep };
}

function refused(
  { message, status, code }: ClientFailure & { readonly kind: 'refused' },
  programName: string,
): CliFailure {
  const failure = { error: 'request_failed', message, status, exit: exitOf(status) };
  if (code === 'unauthorized') return { ...failure, nextStep: UNAUTHORIZED };
  const next = NEXT_STEPS.find((one) => one.after === code);
  return next === undefined ? failure : { ...failure, nextStep: `${next.what}: ${programName} ${next.command}` };
}

/** The token is read beside the instance file, and only for the address that stands there. */
const UNAUTHORIZED = 'In the repository of that daemon, and without ORCHESTRATORD_URL, its token is found';

interface NextStep {
  readonly after: ErrorCode;
  readonly what: string;
  readonly command: string;
}

/** Where the daemon's own sentence leaves open how to go on. */
const NEXT_STEPS: readonly NextStep[] = [
  { after: 'run_not_found', what: 'The runs that there are', command: 'run list' },
  { after: 'run_closed', what: 'A run of its own for a task', command: 'submit --new-run <source>' },
  { after: 'step_not_found', what: 'The steps of a run', command: 'step list <runID>' },
  { after: 'attempt_not_found', what: 'What was saved of all attempts', command: 'salvage list' },
  { after: 'gate_not_found', what: 'The gates that wait', command: 'gate list --state pending' },
  { after: 'gate_ambiguous', what: 'The gates that wait', command: 'gate list --state pending' },
  { after: 'gate_closed', what: 'How it was decided', command: 'gate show <gateID>' },
  { after: 'artifact_not_found', what: 'The artifacts of a step', command: 'artifact list <stepID>' },
  { after: 'artifact_damaged', what: 'What else of the record does not hold', command: 'audit verify' },
  { after: 'duplicate_id', what: 'The runs that there are', command: 'run list' },
  { after: 'step_in_flight', what: 'Until it has ended', command: 'step wait <stepID>' },
  { after: 'state_conflict', what: 'How things stand now', command: 'run tree <runID>' },
  { after: 'unknown_executor', what: 'Who can be given a task', command: 'executor list' },
  { after: 'storage_full', what: 'How much room there is', command: 'doctor' },
  { after: 'internal', what: 'What the daemon finds about itself', command: 'doctor' },
  { after: 'starting', what: 'It is ready when this answers', command: 'run list' },
  { after: 'gate_changed', what: 'What it is about now', command: 'gate show <gateID>' },
  { after: 'executor_unavailable', what: 'A daemon that simulates the agents', command: 'up --sim' },
];

const exitOf = (status: number): number =>
  status === 400 || status === 404 || status === 405 ? EXIT.usage : EXIT.infrastructure;

/** `document` and `line` are JSON on stdout. */
export type FailureForm = 'sentence' | 'document' | 'line';

/**
 * With `--json` the failure is the one document on stdout; else it is one or two lines on stderr. Whoever pressed Ctrl-C
 * reads stderr in either case.
 */
export function reportFailure(terminal: Terminal, failure: CliFailure, form: FailureForm): void {
  const { error, message, status, nextStep } = failure;
  const isJson = form !== 'sentence';
  if (isJson && failure.exit === EXIT_INTERRUPTED) terminal.err(`${printable(message)}\n`);
  if (isJson) {
    const document = { error, ...(message === '' ? {} : { message }), ...(status === undefined ? {} : { status }) };
    terminal.out(form === 'line' ? formatJsonLine(document) : formatJson(document));
    return;
  }
  const text = SPEAKS_FOR_ITSELF.has(error) || message === '' ? message || error : `${error}: ${message}`;
  terminal.err(`${printable(text)}\n${nextStep === undefined ? '' : `${oneLine(nextStep)}\n`}`);
}

/** Failures whose sentence is complete; the word in front is for programs only. */
const SPEAKS_FOR_ITSELF = new Set(['request_failed', 'client_side_timeout', 'interrupted']);
