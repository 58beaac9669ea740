import { hash } from 'node:crypto';

import { describeSchema } from './describe-schema.ts';
import { DOCS_STYLE } from './docs-style.ts';
import { escapeHtml } from './escape-html.ts';
import type { OpenApiDocument } from './openapi-document.ts';

type DescribedOperation = OpenApiDocument['paths'][string][string];

/** The document as one page that needs no script: it is read in a browser, and in a terminal's too. */
export function docsPage(document: OpenApiDocument) {
  const { info, tags, paths, components } = document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const body = [
    `<h1>${escapeHtml(info.title)} <small>${escapeHtml(info.version)}</small></h1>`,
    `<p>${escapeHtml(info.description)}</p>`,
    '<p>The same for programs: <a href="/openapi.json">openapi.json</a></p>',
    `<nav>${tags.map(({ name }) => `<a href="#${name}">${name}</a>`).join(' ')} <a href="#schemas">schemas</a></nav>`,
    ...tags.map(({ name }) =>
      section(
        name,
        operations.filter(({ operation }) => operation.tags.includes(name)),
      ),
    ),
    '<h2 id="schemas">schemas</h2>',
    ...Object.entries(components.schemas).map(
      ([name, schema]) => `<h3 id="${name}">${name}</h3>${describeSchema(schema)}`,
    ),
  ];
  return { html: htmlDocument(info.title, body.join('\n')), contentSecurityPolicy: POLICY };
}

const POLICY = `default-src 'none'; style-src 'sha256-${hash('sha256', DOCS_STYLE, 'base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const htmlDocument = (title: string, body: string): string =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escapeHtml(title)}</title><style>${DOCS_STYLE}</style></head><body>\n${body}\n</body></html>\n`;

interface Listed {
  readonly path: string;
  readonly method: string;
  readonly operation: DescribedOperation;
}

const section = (tag: string, operations: readonly Listed[]): string =>
  `<h2 id="${tag}">${tag}</h2>\n${operations.map(describeListed).join('\n')}`;

function describeListed({ path, method, operation }: Listed): string {
  const { operationId, summary, description = '', parameters, requestBody, responses } = operation;
  const body = requestBody?.content['application/json'].schema;
  return [
    `<article id="${operationId}"><h3><code>${method} ${escapeHtml(path)}</code></h3>`,
    `<p>${escapeHtml(summary)}. ${escapeHtml(description)}</p>`,
    parameters.length === 0 ? '' : `<h4>parameters</h4>${table(parameters.map(describeParameter))}`,
    body === undefined ? '' : `<h4>body</h4>${describeSchema(body)}`,
    `<h4>answers</h4>${table(Object.entries(responses).map(describeResponse))}</article>`,
  ].join('\n');
}

const table = (rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}</table>`;

const describeParameter = (parameter: DescribedOperation['parameters'][number]): readonly string[] => [
  `<code>${escapeHtml(parameter.name)}</code>`,
  parameter.in,
  describeSchema(parameter.schema),
  escapeHtml(parameter.description ?? ''),
];

function describeResponse([status, response]: [string, DescribedOperation['responses'][string]]): readonly string[] {
  if ('$ref' in response) return [status, status === '304' ? 'as it was' : 'as everywhere', ''];
  const { description, content = {} } = response;
  const types = Object.entries(content).map(
    ([type, { schema }]) => `<code>${escapeHtml(type)}</code> ${schema === undefined ? '' : describeSchema(schema)}`,
  );
  const isRefusal = 'application/problem+json' in content;
  return [status, escapeHtml(description), isRefusal ? '' : types.join('<br>')];
}
