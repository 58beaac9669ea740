/** What a table says of a word that comes from elsewhere: `constructor` is in no table, and in every object. */
export const ownEntry = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;
