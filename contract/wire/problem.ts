import { z } from 'zod';

import { ERRORS, type Refusal } from '../errors.ts';
import { wireObject } from './decode.ts';

/** A refusal as `application/problem+json` (RFC 9457), with the code and what the table says about it. */
export const encodeProblem = (problem: Refusal, requestId: string) => ({
  type: `urn:codencer:error:${problem.code}`,
  title: problem.code.replaceAll('_', ' '),
  status: ERRORS[problem.code].status,
  detail: problem.message,
  code: problem.code,
  retry: ERRORS[problem.code].retry,
  request_id: requestId,
  details: problem.details,
});

export const WireProblem = wireObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  retry: z.enum(['no', 'later']),
  request_id: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
}).meta({ id: 'Problem', description: 'Why something was refused (RFC 9457).' });
