import { assertNever } from '../../../contract/result.ts';

export type SqlValue = string | number | null;

/** How one field of a record is kept: as it is, as 0 or 1, or as JSON text. */
export interface Column {
  readonly name: string;
  readonly kind: 'plain' | 'flag' | 'json';
}

/** A column for each field of the record: the compiler sees to it that none is forgotten. */
export type Columns<Fields> = { readonly [Field in keyof Fields]-?: Column };

export const plain = (name: string): Column => ({ name, kind: 'plain' });
export const flag = (name: string): Column => ({ name, kind: 'flag' });
export const json = (name: string): Column => ({ name, kind: 'json' });

/** Throws for a value that the column cannot hold: a bug of the writer. */
export function toSqlValue({ name, kind }: Column, value: unknown): SqlValue {
  if (value === null) return null;
  switch (kind) {
    case 'plain':
      if (typeof value === 'string' || typeof value === 'number') return value;
      break;
    case 'flag':
      if (typeof value === 'boolean') return value ? 1 : 0;
      break;
    case 'json':
      if (value !== undefined) return JSON.stringify(value);
      break;
    default:
      assertNever(kind);
  }
  throw new TypeError(`column ${name} cannot hold a value of type ${typeof value}`);
}

/** Throws for text that is not JSON. What is neither 0 nor 1 stays as it is, for the schema to refuse. */
export function fromSqlValue({ name, kind }: Column, value: unknown): unknown {
  switch (kind) {
    case 'plain':
      return value;
    case 'flag':
      return value === 0 || value === 1 ? value === 1 : value;
    case 'json':
      return typeof value === 'string' ? parseJson(name, value) : value;
    default:
      return assertNever(kind);
  }
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold what no event should repeat.
    throw new SyntaxError(`${name} is not JSON`);
  }
}
