import { z } from 'zod';

import { wireObject } from './decode.ts';

/** An Antigravity window that could be bound. Inherited daemons told its access token, too; nobody needs it but them. */
export const WireAntigravityInstance = wireObject({
  pid: z.int(),
  https_port: z.int(),
  workspace_root: z.string().optional(),
  is_reachable: z.boolean(),
}).meta({ id: 'AntigravityInstance' });

/** Body of `POST /api/v1/antigravity/bind`. */
export const BindAntigravityRequest = wireObject({ pid: z.int().positive() }).meta({ id: 'BindAntigravityRequest' });
