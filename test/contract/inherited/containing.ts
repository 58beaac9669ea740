/** Stands for a list that holds, among others, an item like each of these. */
export interface Containing {
  readonly containing: readonly unknown[];
}

export const containing = (items: readonly unknown[]): Containing => ({ containing: items });

export const isContaining = (value: unknown): value is Containing =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === 'containing';
