import type { JsonValue } from '../../../../contract/client/json-value.ts';

const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'invalid_request_error',
  403: 'permission_error',
  429: 'rate_limit_exceeded',
};
const CODES: Readonly<Record<number, string>> = { 401: 'invalid_api_key', 429: 'rate_limit_exceeded' };

export const openAiFailure = (status: number, message: string): JsonValue => ({
  error: { message, type: TYPES[status] ?? 'server_error', code: CODES[status] ?? null, param: null },
});
