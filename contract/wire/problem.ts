import { ERRORS, type Refusal } from '../errors.ts';

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
