import { z } from 'zod';

import type { Invocation } from '../executor-profile.ts';
import { wireList, wireObject, wireText } from './decode.ts';

export const encodeInvocation = (invocation: Invocation) => ({
  argv: invocation.argv,
  program: invocation.program,
  version: invocation.version,
  model: invocation.model,
  reported_model: invocation.reportedModel,
  profile: invocation.profile,
  profile_hash: invocation.profileHash,
});

export const WireInvocation = wireObject({
  argv: wireList(z.string()),
  program: wireText,
  version: z.string().nullable().default(null),
  model: z.string().nullable().default(null).meta({ description: 'That the profile asks for.' }),
  reported_model: z
    .string()
    .nullable()
    .default(null)
    .meta({ description: 'That the agent says it works with; known at its end.' }),
  profile: wireText,
  profile_hash: wireText,
})
  .transform(
    ({ profile_hash, reported_model, ...wire }): Invocation => ({
      ...wire,
      reportedModel: reported_model,
      profileHash: profile_hash,
    }),
  )
  .meta({ id: 'Invocation', description: "How an attempt's program was run. Secrets in it are masked." });
