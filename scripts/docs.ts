import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCS_FOLDER, docPages } from './docs/doc-pages.ts';

for (const { name, text } of await docPages()) writeFileSync(join(DOCS_FOLDER, name), text);
