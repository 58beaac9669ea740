import { z } from 'zod';

import { wireList, wireObject, wireText } from './decode.ts';

/** Answer of `/api/v1/audit/verify`. */
export const WireAudit = wireObject({
  ok: z.boolean(),
  events: z.int(),
  artifacts: z.int(),
  problems: wireList(
    wireObject({ kind: z.enum(['event', 'artifact', 'row']), subject: z.string(), sentence: z.string() }),
  ),
}).meta({ id: 'Audit', description: 'What a re-check of the event chain and of every artifact found.' });

/** Answer of `/api/v1/diagnostics`. */
export const WireDiagnostics = wireObject({
  checks: wireList(
    wireObject({ name: z.string(), result: z.enum(['ok', 'warning', 'problem']), detail: wireText, advice: wireText }),
  ),
}).meta({ id: 'Diagnostics', description: 'What the daemon found out about itself and its machine.' });

export const WireHealth = wireObject({ status: z.literal('ok') }).meta({ id: 'Health' });
export const WireVersion = wireObject({ version: z.string() }).meta({ id: 'Version' });
