import { join } from 'node:path';

/** Where the workers find the copy of the built programs. */
export const PROGRAMS_VARIABLE = 'TEST_PROGRAMS_FOLDER';

/** What users call: from sources a command takes four times as long. */
export const BUILT_CLI = join(process.env[PROGRAMS_VARIABLE] ?? join(import.meta.dirname, '../..'), 'bin/codencer.cjs');
