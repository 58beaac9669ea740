/** An option of a command line with its value; nothing for null. */
export const option = (name: string, value: string | null): readonly string[] => (value === null ? [] : [name, value]);
