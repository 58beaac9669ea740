import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WireLicence } from '../../../contract/wire/licence.ts';
import { isSystemError } from '../adapters/files/file-problem.ts';
import type { LicencedPackage } from '../services/ports/licences.ts';
import { packageRoot } from './package-root.ts';

/** What the build has written down; null: nothing was built. */
export const composeLicences =
  (file = join(packageRoot(), 'dist/licences.json')) =>
  async (): Promise<readonly LicencedPackage[] | null> => {
    try {
      return z.array(WireLicence).parse(JSON.parse(await readFile(file, 'utf8')));
    } catch (error) {
      if (isSystemError(error) && error.code === 'ENOENT') return null;
      throw error;
    }
  };
