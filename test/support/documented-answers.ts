import type { IncomingHttpHeaders } from 'node:http';

import { openApi, type ResponseObject } from './openapi-file.ts';

interface Asked {
  readonly port: number;
  readonly method?: string;
  readonly path: string;
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Daemons whose answers have to be as `resources/openapi.json` says. */
export const documentedPorts = new Set<number>();

/** Throws when an answer of an operation is not in the document: its status, type, code, or any key of its body. */
export function checkDocumented({ port, method = 'GET', path }: Asked, answer: Answered): void {
  if (!documentedPorts.has(port)) return;
  const found = openApi().find(method, path.split('?', 1)[0] ?? path);
  if (found === null) return;
  const name = `${method} ${found.path} → ${answer.status}`;
  const response = found.responses[String(answer.status)];
  if (response === undefined) throw new Error(`${name} is not in resources/openapi.json: ${answer.body.slice(0, 200)}`);
  const problem = problemOf(response, answer);
  if (problem !== null) throw new Error(`${name}: ${problem}\n${answer.body.slice(0, 2000)}`);
}

function problemOf(response: ResponseObject, { headers, body }: Answered): string | null {
  const code = headers['x-codencer-error'];
  const codes = response.headers?.['x-codencer-error']?.schema.enum ?? [];
  if (code !== undefined && !codes.includes(String(code))) return `the code ${String(code)} is not in the document`;
  const type = headers['content-type'];
  const known = Object.keys(response.content ?? {});
  if (type === undefined) return known.length === 0 ? null : 'has no content type';
  const media = known.find((one) => one === type || one === type.split(';', 1)[0] || one === '*/*');
  if (media === undefined) return `the type ${type} is not in the document`;
  const schema = response.content?.[media]?.schema;
  if (schema === undefined || !media.endsWith('json')) return null;
  const documents = media === 'application/x-ndjson' ? body.trimEnd().split('\n') : [body];
  return documents.map((text) => openApi().judge(schema, JSON.parse(text))).find((problem) => problem !== null) ?? null;
}
