import { z } from 'zod';

import type { EndedAttemptState } from './attempt-state.ts';

/** Why an attempt did not complete: the only words that `retry.on` knows, each with the state that such an attempt ends in. */
export const FAILURE_CLASSES = {
  adapter_failed: { endsAs: 'failed_adapter', meaning: 'the executor could not be started or broke' },
  command_failed: { endsAs: 'failed_terminal', meaning: 'the executor ran and reported failure' },
  validation_failed: { endsAs: 'failed_validation', meaning: 'a required validation did not pass' },
  timeout: { endsAs: 'timeout', meaning: 'the attempt used up its time' },
  no_progress: { endsAs: 'timeout', meaning: 'nothing was heard of the agent for too long' },
  request_loop: {
    endsAs: 'failed_adapter',
    meaning: 'the agent asked its model again and again and nothing came of it',
  },
  input_unread: { endsAs: 'failed_adapter', meaning: 'the agent did not read what it was told' },
  output_flood: { endsAs: 'failed_adapter', meaning: 'the agent wrote more than its limit' },
  limit_reached: { endsAs: 'failed_adapter', meaning: 'the agent reached a limit of its profile or of its vendor' },
  auth_failed: { endsAs: 'failed_adapter', meaning: 'the service behind the agent did not accept who asks' },
  rate_limited: { endsAs: 'failed_adapter', meaning: 'the service behind the agent had no room for it' },
  model_failed: { endsAs: 'failed_adapter', meaning: 'the model behind the agent did not answer as it should' },
  permission_denied: { endsAs: 'failed_terminal', meaning: 'the agent was not allowed what it needed' },
  interrupted: { endsAs: 'failed_bridge', meaning: 'the daemon stopped while the attempt was in flight' },
  lease_expired: { endsAs: 'failed_bridge', meaning: 'the holder of the attempt was not heard of in time' },
  provisioning_failed: { endsAs: 'failed_bridge', meaning: 'the worktree could not be prepared' },
  evidence_failed: { endsAs: 'failed_bridge', meaning: 'the work was done but its evidence could not be kept whole' },
  policy: { endsAs: 'failed_terminal', meaning: 'a declared rule forbids what the attempt did' },
  cancelled: { endsAs: 'cancelled', meaning: 'somebody asked for the end' },
} as const satisfies Readonly<Record<string, { readonly endsAs: EndedAttemptState; readonly meaning: string }>>;

export type FailureClass = keyof typeof FAILURE_CLASSES;

const names = Object.keys(FAILURE_CLASSES);
const isFailureClass = (name: string): name is FailureClass => names.includes(name);

export const FailureClass = z.string().transform((name, context): FailureClass => {
  if (isFailureClass(name)) return name;
  context.addIssue({ code: 'custom', message: `unknown failure class "${name}"; one of: ${names.join(', ')}` });
  return z.NEVER;
});
