import { z } from 'zod';

/** How a gate may be called from outside: its id, or `gate-` before the id of a step or an attempt. */
export const GateName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,132}$/, 'must be a gate id, or "gate-" with the id of a step or attempt');
