import { z } from 'zod';

import type { Invocation } from '../executor-profile.ts';
import { wireList, wireObject, wireText } from './decode.ts';

export const encodeInvocation = ({ profileHash, ...invocation }: Invocation) => ({
  argv: invocation.argv,
  program: invocation.program,
  version: invocation.version,
  model: invocation.model,
  profile: invocation.profile,
  profile_hash: profileHash,
});

export const WireInvocation = wireObject({
  argv: wireList(z.string()),
  program: wireText,
  version: z.string().nullable().default(null),
  model: z.string().nullable().default(null),
  profile: wireText,
  profile_hash: wireText,
})
  .transform(({ profile_hash, ...wire }): Invocation => ({ ...wire, profileHash: profile_hash }))
  .meta({ id: 'Invocation', description: "How an attempt's program was run. Secrets in it are masked." });
