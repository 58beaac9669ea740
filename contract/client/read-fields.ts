import { err, ok, type Result } from '../result.ts';
import { parseTime } from '../wire/time.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts';

/**
 * Reads an answer of the daemon into a typed view. Absent and `null` fields get their neutral value, because inherited
 * daemons leave many out; a field of the wrong type makes the whole answer unreadable. Unknown fields are passed over.
 */
export function readFields<T>(value: JsonValue | undefined, read: (fields: Fields) => T): Result<T, string> {
  const problems: string[] = [];
  if (!isJsonObject(value)) return err('expected an object');
  const view = read(fieldsOf(value, problems, ''));
  const [problem] = problems;
  return problem === undefined ? ok(view) : err(problem);
}

/** Reads a bare list of objects; `null` is how inherited daemons write an empty one. */
export function readList<T>(value: JsonValue, read: (fields: Fields) => T): Result<readonly T[], string> {
  return readFields({ list: value }, (fields) => fields.objects('list', read));
}

/** Reads an object whose every key leads to a list of objects. */
export function readMapOfLists<T>(
  value: JsonValue,
  read: (fields: Fields) => T,
): Result<ReadonlyMap<string, readonly T[]>, string> {
  const keys = isJsonObject(value) ? Object.keys(value) : [];
  return readFields(value, (fields) => new Map(keys.map((key) => [key, fields.objects(key, read)])));
}

export interface Fields {
  readonly text: (name: string) => string;
  /** Like `text`, but the field must be there and not be empty. */
  readonly id: (name: string) => string;
  readonly optionalText: (name: string) => string | null;
  readonly integer: (name: string) => number;
  readonly optionalInteger: (name: string) => number | null;
  readonly flag: (name: string) => boolean;
  readonly optionalFlag: (name: string) => boolean | null;
  /** RFC 3339 as milliseconds since 1970; absent and the zero time of inherited daemons (year 1) are `null`. */
  readonly timeMs: (name: string) => number | null;
  /** Whatever is there; absent is `null`. */
  readonly value: (name: string) => JsonValue;
  /** An object as it is; absent and anything else are an empty one. */
  readonly json: (name: string) => JsonObject;
  readonly texts: (name: string) => readonly string[];
  readonly textMap: (name: string) => Readonly<Record<string, string>>;
  readonly object: <T>(name: string, read: (fields: Fields) => T) => T | null;
  readonly objects: <T>(name: string, read: (fields: Fields) => T) => readonly T[];
}

function fieldsOf(source: JsonObject, problems: string[], path: string): Fields {
  const pick = <T extends JsonValue>(name: string, is: (value: JsonValue) => value is T, what: string): T | null => {
    const value = source[name];
    if (value === undefined || value === null) return null;
    if (is(value)) return value;
    problems.push(`${path}${name}: expected ${what}`);
    return null;
  };
  const optionalText = (name: string): string | null => pick(name, isText, 'a string');
  const optionalInteger = (name: string): number | null => pick(name, isInteger, 'an integer');
  const optionalFlag = (name: string): boolean | null => pick(name, isFlag, 'true or false');
  return {
    optionalText,
    optionalInteger,
    text: (name) => optionalText(name) ?? '',
    id: (name) => {
      const text = optionalText(name) ?? '';
      if (text === '') problems.push(`${path}${name}: missing`);
      return text;
    },
    integer: (name) => optionalInteger(name) ?? 0,
    optionalFlag,
    flag: (name) => optionalFlag(name) ?? false,
    timeMs: (name) => millisecondsOf(pick(name, isTime, 'an RFC 3339 time')),
    value: (name) => source[name] ?? null,
    json: (name) => {
      const value = source[name];
      return isJsonObject(value) ? value : {};
    },
    texts: (name) => pick(name, isTexts, 'a list of strings') ?? [],
    textMap: (name) => pick(name, isTextMap, 'an object of strings') ?? {},
    object: (name, read) => {
      const value = pick(name, isJsonObject, 'an object');
      return value === null ? null : read(fieldsOf(value, problems, `${path}${name}.`));
    },
    objects: (name, read) => {
      const list = pick(name, isObjects, 'a list of objects') ?? [];
      return list.map((one, index) => read(fieldsOf(one, problems, `${path}${name}[${index}].`)));
    },
  };
}

const isText = (value: JsonValue): value is string => typeof value === 'string';
const isInteger = (value: JsonValue): value is number => Number.isInteger(value);
const isFlag = (value: JsonValue): value is boolean => typeof value === 'boolean';
const isTime = (value: JsonValue): value is string => isText(value) && parseTime(value).ok;
const isTexts = (value: JsonValue): value is readonly string[] => Array.isArray(value) && value.every(isText);
const isObjects = (value: JsonValue): value is readonly JsonObject[] =>
  Array.isArray(value) && value.every((one) => isJsonObject(one));
const isTextMap = (value: JsonValue): value is Readonly<Record<string, string>> =>
  isJsonObject(value) && Object.values(value).every(isText);

function millisecondsOf(time: string | null): number | null {
  const parsed = time === null ? null : parseTime(time);
  return parsed?.ok === true ? parsed.value : null;
}
