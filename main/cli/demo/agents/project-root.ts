import { dirname, join } from 'node:path';

/** The folder of this project: two above the running entry, for the bundle as for the source. */
export const projectRoot = (entryPath: string): string => join(dirname(entryPath), '../..');
