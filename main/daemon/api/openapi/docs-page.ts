import type { HtmlPage } from '../html-page.ts';
import { IF_NONE_MATCH, type ResponseObject } from './describe-operation.ts';
import { describeSchema } from './describe-schema.ts';
import { DOCS_STYLE } from './docs-style.ts';
import { escapeHtml } from './escape-html.ts';
import type { JsonSchema } from './json-schemas.ts';
import type { OpenApiDocument } from './openapi-document.ts';
import { prose } from './prose.ts';

type DescribedOperation = OpenApiDocument['paths'][string][string];

/** The document as one page that needs no script: it is read in a browser, and in a terminal's too. */
export function docsPage(document: OpenApiDocument): HtmlPage {
  const { info, tags, paths, components } = document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const body = [
    `<h1>${escapeHtml(info.title)} <small>${escapeHtml(info.version)}</small></h1>`,
    `<p>${prose(info.description)}</p>`,
    '<p>The same for programs: <a href="/openapi.json">openapi.json</a>. All documents: <a href="/help">help</a></p>',
    `<nav>${tags.map(({ name }) => `<a href="#${name}">${name}</a>`).join(' ')} <a href="#schemas">schemas</a></nav>`,
    ...tags.map(({ name }) =>
      section(
        name,
        operations.filter(({ operation }) => operation.tags.includes(name)),
      ),
    ),
    '<h2 id="everywhere">everywhere</h2>',
    '<p>What a <code>GET</code> answers as JSON has an <code>ETag</code>, and so each of them takes:</p>',
    table([describeParameter(IF_NONE_MATCH)]),
    table(Object.entries(components.responses).map(([name, response]) => describeEverywhere(name, response))),
    '<h2 id="schemas">schemas</h2>',
    ...Object.entries(components.schemas).map(
      ([name, schema]) => `<h3 id="${name}">${name}</h3>${describeSchema(schema)}`,
    ),
  ];
  return { title: info.title, style: DOCS_STYLE, body: body.join('\n') };
}

interface Listed {
  readonly path: string;
  readonly method: string;
  readonly operation: DescribedOperation;
}

const section = (tag: string, operations: readonly Listed[]): string =>
  `<h2 id="${tag}">${tag}</h2>\n${operations.map(describeListed).join('\n')}`;

function describeListed({ path, method, operation }: Listed): string {
  const { operationId, summary, description = '', parameters, requestBody, responses } = operation;
  const own = parameters.filter((parameter) => parameter.name !== IF_NONE_MATCH.name);
  return [
    `<article id="${operationId}"><h3><code>${method} ${escapeHtml(path)}</code></h3>`,
    `<p>${prose(summary)}. ${prose(description)}</p>`,
    own.length === 0 ? '' : `<h4>parameters</h4>${table(own.map(describeParameter))}`,
    requestBody === undefined ? '' : `<h4>body</h4>${describeBody(requestBody.content)}`,
    `<h4>answers</h4>${describeResponses(responses)}</article>`,
  ].join('\n');
}

const describeBody = (content: Readonly<Record<string, { readonly schema?: JsonSchema }>>): string =>
  Object.entries(content)
    .map(([media, { schema }]) => (schema === undefined ? `<code>${escapeHtml(media)}</code>` : describeSchema(schema)))
    .join('\n');

const table = (rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}</table>`;

const describeParameter = (parameter: DescribedOperation['parameters'][number]): readonly string[] => [
  `<code>${escapeHtml(parameter.name)}</code>`,
  parameter.in,
  describeSchema(parameter.schema),
  prose(parameter.description ?? ''),
];

/** What is the same everywhere is told once, at the end of the page. */
function describeResponses(responses: DescribedOperation['responses']): string {
  const own = Object.entries(responses).flatMap(([status, response]) =>
    '$ref' in response ? [] : [describeResponse(status, response)],
  );
  const everywhere = Object.keys(responses).filter((status) => '$ref' in (responses[status] ?? {}));
  return table([...own, [everywhere.join(', '), '<a href="#everywhere">as everywhere</a>', '']]);
}

const describeEverywhere = (name: string, response: object): readonly string[] => [
  name.slice(-3),
  'description' in response ? prose(String(response.description)) : '',
];

function describeResponse(status: string, { description, content = {} }: ResponseObject): readonly string[] {
  const types = Object.entries(content).map(
    ([type, { schema }]) => `<code>${escapeHtml(type)}</code> ${schema === undefined ? '' : describeSchema(schema)}`,
  );
  const isRefusal = 'application/problem+json' in content;
  return [status, prose(description), isRefusal ? '' : types.join('<br>')];
}
