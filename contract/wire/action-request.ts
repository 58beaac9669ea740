import type { z } from 'zod';

import type { Result } from '../result.ts';
import { decodeWith, wireObject, wireText } from './decode.ts';

/**
 * Body of `PATCH /api/v1/runs/{id}` and `POST /api/v1/gates/{id}`. Which actions there are is the route's business;
 * an empty digest names none.
 */
const ActionRequest = wireObject({ action: wireText, reason: wireText, digest: wireText });
export type ActionRequest = z.infer<typeof ActionRequest>;

export const decodeActionRequest = (value: unknown): Result<ActionRequest, string> => decodeWith(ActionRequest, value);
