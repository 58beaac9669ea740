import { z } from 'zod';

/** A package of others that comes with the program, as the build writes it down and as it is told. */
export const WireLicence = z
  .object({
    name: z.string(),
    version: z.string(),
    licence: z.string().meta({ description: 'As the package names it, in the words of SPDX.' }),
  })
  .meta({ id: 'Licence', description: 'A package of others that comes with this program.' });
