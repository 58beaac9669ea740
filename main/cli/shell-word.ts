/** A text as one word of a shell's command line: as it is where that is safe, or quoted. */
export const shellWord = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : shellQuoted(text));

export const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
