import type { Database } from 'better-sqlite3';

import type { Columns } from './columns.ts';
import type { Quarantine } from './quarantine.ts';
import type { Transaction } from './transaction.ts';

/** What every writer module works with. */
export interface StoreParts {
  readonly db: Database;
  readonly transaction: Transaction;
  readonly quarantine: Quarantine;
}

export interface TableShape<Fields> {
  readonly table: string;
  readonly columns: Columns<Fields>;
  /** The fields that name a row. */
  readonly key: readonly (keyof Fields & string)[];
  /** Further fields that are written once: where the row belongs and when it was made. */
  readonly fixed: readonly (keyof Fields & string)[];
  readonly schema: RowSchema<Fields>;
}

/** A schema of the contract: what turns a row into a record or says what is wrong with it. */
export interface RowSchema<Fields> {
  readonly safeParse: (row: unknown) => Parsed<Fields>;
}

type Parsed<Fields> =
  | { readonly success: true; readonly data: Fields }
  | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}
