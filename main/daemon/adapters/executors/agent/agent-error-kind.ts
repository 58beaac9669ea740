/** Why the model or the vendor's service did not answer as it should. `loop`: the agent found out that it turns in circles. */
export type AgentErrorKind = 'auth' | 'rate_limit' | 'model' | 'refusal' | 'limit' | 'loop' | 'other';

/** What the HTTP status of a service says of it; null: nothing that its words would not say better. */
export function kindOfStatus(status: number | null): 'auth' | 'rate_limit' | null {
  if (status === 401 || status === 403) return 'auth';
  return status === 429 ? 'rate_limit' : null;
}
