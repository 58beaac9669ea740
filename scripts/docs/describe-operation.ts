import { ALWAYS_REFUSED } from '../../main/daemon/api/openapi/implied-refusals.ts';
import { describeType, isObject, remarksOf } from './describe-type.ts';
import { code, codes, sentence, table } from './markdown.ts';

export interface OperationEntry {
  readonly method: string;
  readonly path: string;
  /** As OpenAPI writes it. */
  readonly operation: Readonly<Record<string, unknown>>;
}

/** One operation: what it does, what it takes, how it answers. What is so everywhere is not repeated. */
export function describeOperation({ method, path, operation }: OperationEntry): string {
  const { operationId, summary, description } = operation;
  const isForOperators = operation['x-codencer-by'] === 'operators';
  const about = [summary, description].filter((text) => typeof text === 'string').map(sentence);
  return [
    `### ${method} ${path}`,
    `${about.join(' ')}${isForOperators ? ' *Operators only.*' : ''} ${code(String(operationId))}`,
    ...parametersOf(operation),
    ...bodyOf(operation),
    ...answersOf(operation),
  ].join('\n\n');
}

/** Conditional requests are told once for all. */
function parametersOf({ parameters }: OperationEntry['operation']): readonly string[] {
  const own = list(parameters).filter(({ name }) => name !== 'if-none-match');
  if (own.length === 0) return [];
  const rows = own.map((parameter) => [
    code(String(parameter['name'])),
    String(parameter['in']),
    describeType(parameter['schema']),
    remarksOf({ ...(isObject(parameter['schema']) ? parameter['schema'] : {}), ...parameter }),
  ]);
  return [table(['parameter', 'in', 'type', ''], rows)];
}

function bodyOf({ requestBody }: OperationEntry['operation']): readonly string[] {
  if (!isObject(requestBody)) return [];
  const needed = requestBody['required'] === true ? '' : ', which may be left out';
  return [`Body: ${mediaOf(requestBody, false)}${needed}.`];
}

function answersOf({ responses }: OperationEntry['operation']): readonly string[] {
  const all = Object.entries(isObject(responses) ? responses : {}).filter(
    (entry): entry is [string, Readonly<Record<string, unknown>>] => isObject(entry[1]) && !('$ref' in entry[1]),
  );
  const done = all.filter(([status]) => Number(status) < 400);
  const refused = all.filter(([status]) => Number(status) >= 400);
  const refusals = refused.flatMap(([status, response]) => {
    const own = String(response['description'])
      .split(', ')
      .filter((one) => !EVERYWHERE.has(one));
    return own.length === 0 ? [] : [`${status} ${codes(own)}`];
  });
  return [
    table(
      ['answer', 'when', 'with'],
      done.map(([status, response]) => [status, String(response['description']), mediaOf(response, true)]),
    ),
    ...(refusals.length === 0 ? [] : [`Refused: ${refusals.join(' · ')}.`]),
  ];
}

const EVERYWHERE: ReadonlySet<string> = new Set(ALWAYS_REFUSED);

/** JSON is what is meant unless another type is named. */
function mediaOf({ content }: Readonly<Record<string, unknown>>, namesBytes: boolean): string {
  const types = Object.entries(isObject(content) ? content : {}).map(([type, media]) => {
    const schema = isObject(media) ? media['schema'] : undefined;
    if (schema === undefined) return namesBytes ? code(type) : type;
    return type === 'application/json' ? describeType(schema) : `${code(type)}: ${describeType(schema)}`;
  });
  return types.join('; ') || 'no body';
}

const list = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
