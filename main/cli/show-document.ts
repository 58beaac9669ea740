import type { ClientFailure } from '../../contract/client/client-failure.ts';
import type { Document, DocumentReply } from '../../contract/client/document.ts';
import type { Connection } from '../../contract/client/http-types.ts';
import type { EmptyReply } from '../../contract/client/send-request.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import { type CliFailure, failureOf } from './cli-failure.ts';
import type { CommandOutcome } from './define-command.ts';
import { formatJson } from './format-json.ts';
import { resolveTarget } from './target.ts';
import type { Screen } from './terminal.ts';
import { type AskParent, isEmptyList } from './unknown-parent.ts';
import { whileWaiting } from './while-waiting.ts';

/** Whatever has to be asked of the daemon, with its failure in the words of the command line. */
export async function askDaemon<T>(
  context: CliContext,
  ask: (connection: Connection) => Promise<Result<T, ClientFailure>>,
): Promise<Result<T, CliFailure>> {
  const target = resolveTarget(context);
  if (!target.ok) return target;
  const reply = await ask(target.value);
  return reply.ok ? reply : err(failureOf(reply.error, context.programName));
}

/** One question to the daemon. */
export const fetchDocument = <T>(
  context: CliContext,
  ask: (connection: Connection) => DocumentReply<T>,
): Promise<Result<Document<T>, CliFailure>> => askDaemon(context, ask);

/** One question, of whose answer only the typed view is wanted. */
export async function fetchView<T>(
  context: CliContext,
  ask: (connection: Connection) => DocumentReply<T>,
): Promise<Result<T, CliFailure>> {
  const document = await fetchDocument(context, ask);
  return document.ok ? readDocument(context, document.value) : document;
}

/** The typed view of a document, or the failure that says what is wrong with it. */
export function readDocument<T>(context: CliContext, document: Document<T>): Result<T, CliFailure> {
  const view = document.read();
  return view.ok ? view : err(failureOf(view.error, context.programName));
}

export interface ShowOptions<T> {
  readonly isJson: boolean;
  readonly ask: (connection: Connection) => DocumentReply<T>;
  /** The text for people, with its newlines. */
  readonly describe: (view: T, screen: Screen) => string;
  /** Asked when the answer is an empty list, which is refused when there is no such parent. */
  readonly parent?: AskParent;
}

/** One question, and its answer on stdout: the document as it came, or as a text for people. */
export async function showDocument<T>(context: CliContext, options: ShowOptions<T>): CommandOutcome {
  const document = await fetchDocument(context, options.ask);
  if (!document.ok) return document;
  const parent = options.parent !== undefined && isEmptyList(document.value.json) ? options.parent : null;
  const refused = parent === null ? null : await refusalOf(context, parent);
  if (refused !== null) return err(refused);
  if (document.value.nextPage !== null)
    context.terminal.err('There are more than these; narrow the list to see the rest.\n');
  if (options.isJson) {
    context.terminal.out(formatJson(document.value.json));
    return ok(0);
  }
  const view = readDocument(context, document.value);
  if (!view.ok) return view;
  context.terminal.out(options.describe(view.value, context.terminal.outScreen));
  return ok(0);
}

/** That there is no such parent; `null`: there is, or nobody can say. */
export async function refusalOf(context: CliContext, parent: AskParent): Promise<CliFailure | null> {
  const found = await fetchDocument(context, parent);
  return !found.ok && found.error.status === 404 ? found.error : null;
}

export interface DoneOptions {
  readonly isJson: boolean;
  readonly action: string;
  readonly id: string;
  readonly ask: (connection: Connection) => EmptyReply;
  /** The sentence for people. */
  readonly sentence: string;
  /** What is waited for meanwhile, when the daemon answers only after the deed. */
  readonly meanwhile?: string;
}

/** One command to the daemon, answered with what was done. */
export async function showDone(context: CliContext, options: DoneOptions): CommandOutcome {
  const asked = askDaemon(context, options.ask);
  const { meanwhile } = options;
  const reply = await (meanwhile === undefined ? asked : whileWaiting(context.terminal, meanwhile, asked));
  if (!reply.ok) return reply;
  const { action, id, sentence } = options;
  context.terminal.out(options.isJson ? formatJson({ action, id, status: 'success' }) : `${sentence}\n`);
  return ok(0);
}
