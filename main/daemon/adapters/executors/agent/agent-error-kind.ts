/** Why the model or the vendor's service did not answer as it should. `loop`: the agent found out that it turns in circles. */
export type AgentErrorKind = 'auth' | 'rate_limit' | 'model' | 'refusal' | 'limit' | 'loop' | 'other';
