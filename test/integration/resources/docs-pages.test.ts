import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { DOCS_FOLDER, docPages } from '../../../scripts/docs/doc-pages.ts';

describe('resources/docs', async () => {
  // `npm run docs` writes the files.
  it.each(await docPages())('$name is what the sources say', async ({ name, text }) => {
    await expect(text).toMatchFileSnapshot(join(DOCS_FOLDER, name));
  });
});
