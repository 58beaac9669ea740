import { ERRORS, type Refusal } from '../../../contract/errors.ts';
import { encodeJson } from '../../../contract/wire/encode-json.ts';
import { encodeProblem } from '../../../contract/wire/problem.ts';
import type { Call } from './call.ts';

/** The one way in which something is refused: a line of text for inherited clients, problem+json for who asks for it. */
export function refuse({ request, reply }: Pick<Call, 'reply'> & { readonly request: RequestFacts }, error: Refusal) {
  reply.code(ERRORS[error.code].status).header('x-codencer-error', error.code);
  if (error.code === 'unauthorized') reply.header('www-authenticate', 'Bearer');
  if (wantsJson(request.headers.accept)) {
    const body = Buffer.from(encodeJson(encodeProblem(error, request.id)));
    return reply.header('content-type', 'application/problem+json').send(body);
  }
  return reply.header('content-type', 'text/plain; charset=utf-8').send(`${oneLine(error.message)}\n`);
}

interface RequestFacts {
  readonly id: string;
  readonly headers: { readonly accept?: string | undefined };
}

const wantsJson = (accept: string | undefined): boolean =>
  accept !== undefined && /\bapplication\/(problem\+)?json\b/i.test(accept);

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ');
