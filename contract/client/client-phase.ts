import type { Fields } from './read-fields.ts';

/** A grouping of the steps of a run. */
export interface ClientPhase {
  readonly id: string;
  readonly name: string;
  readonly order: number;
}

export const clientPhase = (fields: Fields): ClientPhase => ({
  id: fields.id('id'),
  name: fields.text('name'),
  order: fields.integer('seq_order'),
});
