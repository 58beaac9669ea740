/** Why the model or the vendor's service did not answer as it should. */
export type AgentErrorKind = 'auth' | 'rate_limit' | 'model' | 'refusal' | 'limit' | 'other';
