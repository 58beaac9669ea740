const HALF_CHARACTER = /[\uD800-\uDBFF]$/;

/** The beginning of a text, never with half of a character at its end. */
export const firstCharacters = (text: string, maxLength: number): string =>
  text.length <= maxLength ? text : text.slice(0, maxLength).replace(HALF_CHARACTER, '');
