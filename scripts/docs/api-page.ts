import { ERRORS } from '../../contract/errors.ts';
import { API_SECTIONS } from './api-sections.ts';
import { describeOperation, type OperationEntry } from './describe-operation.ts';
import { describeType, isObject, keysOf, remarksOf } from './describe-type.ts';
import { code, fillIn, sentence, table } from './markdown.ts';

/** Every operation of the OpenAPI document, by what it is about. */
export function apiPage(intro: string, openApi: unknown): string {
  const operations = readOperations(openApi);
  const sections = API_SECTIONS.map(({ title }) => ({
    title,
    operations: operations.filter(({ path }) => sectionOf(path) === title),
  }));
  return fillIn(intro, {
    contents: table(
      ['', 'operations'],
      sections.map((section) => [
        `[${section.title}](#${slugOf(section.title)})`,
        section.operations.map(linkTo).join(', '),
      ]),
    ),
    operations: sections
      .map((section) => [`## ${section.title}`, ...section.operations.map(describeOperation)].join('\n\n'))
      .join('\n\n'),
    documents: Object.entries(part(openApi, 'components', 'schemas'))
      .map(([name, schema]) => describeDocument(name, schema))
      .join('\n\n'),
    errors: table(['code', 'status', 'again', 'exit'], Object.entries(ERRORS).map(describeError)),
  });
}

function readOperations(openApi: unknown): readonly OperationEntry[] {
  return Object.entries(part(openApi, 'paths')).flatMap(([path, methods]) =>
    Object.entries(part(methods)).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation: part(operation),
    })),
  );
}

/** What is under these keys. */
function part(value: unknown, ...keys: readonly string[]): Readonly<Record<string, unknown>> {
  const found = keys.reduce((inner: unknown, key) => (isObject(inner) ? inner[key] : undefined), value);
  if (!isObject(found)) throw new Error(`the OpenAPI document has no ${keys.join('.')}`);
  return found;
}

function sectionOf(path: string): string {
  const fitting = API_SECTIONS.flatMap(({ title, paths }) => paths.map((start) => ({ title, start }))).filter(
    ({ start }) => path.startsWith(start),
  );
  const [best] = fitting.toSorted((one, other) => other.start.length - one.start.length);
  if (best === undefined) throw new Error(`scripts/docs/api-sections.ts has no place for ${path}`);
  return best.title;
}

/** As GitHub makes anchors. */
const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

const linkTo = ({ method, path, operation }: OperationEntry): string =>
  `[${String(operation['operationId'])}](#${slugOf(`${method} ${path}`)})`;

function describeDocument(name: string, schema: unknown): string {
  const keys = keysOf(part(schema));
  const areAllOptional = keys.length > 0 && keys.every(({ isNeeded }) => !isNeeded);
  const about = [remarksOf(schema), areAllOptional ? 'Every key may be missing' : ''].filter((text) => text !== '');
  const rows = keys.map(({ name: key, type, remarks, isNeeded }) => [
    code(key),
    type,
    [remarks, isNeeded || areAllOptional ? '' : 'may be missing'].filter((text) => text !== '').join('; '),
  ]);
  return [
    `### ${name}`,
    ...(about.length === 0 ? [] : [about.map(sentence).join(' ')]),
    rows.length === 0 ? sentence(capitalized(describeType(schema))) : table(['key', 'type', ''], rows),
  ].join('\n\n');
}

const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const describeError = ([name, { status, retry, exit }]: readonly [string, (typeof ERRORS)[keyof typeof ERRORS]]) => [
  code(name),
  String(status),
  retry,
  String(exit),
];
