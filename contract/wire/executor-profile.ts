import { z } from 'zod';

import {
  AGENT_TRANSPORTS,
  type AgentName,
  ExecutorLimits,
  ExecutorProfile,
  isAgentName,
  PermissionRules,
} from '../executor-profile.ts';
import { encodeRecipe } from './encode-task-spec.ts';

const AGENT_NAMES = Object.keys(AGENT_TRANSPORTS).filter(isAgentName);

const effect = PermissionRules.shape.otherwise.unwrap();
const limits = ExecutorLimits.shape;
const facts = ExecutorProfile.shape;

/**
 * A profile as its file holds it, and as it is sent. Whatever is left out has its default; a limit that is `null` does not
 * hold.
 */
export const ProfileDocument = z.strictObject({
  name: facts.name.optional(),
  description: facts.description,
  title: facts.title,
  agent: z.enum(AGENT_NAMES),
  transport: z.string().optional(),
  program: z.union([z.string().min(1), facts.program]).default([]),
  args: facts.args,
  model: facts.model,
  sandbox: facts.sandbox,
  permissions: z
    .strictObject({
      otherwise: effect.default('ask'),
      expiry_seconds: PermissionRules.shape.expirySeconds,
      rules: PermissionRules.shape.rules,
    })
    .prefault({}),
  environment: facts.environment,
  recipe: z
    .strictObject({
      steps: z
        .array(
          z.strictObject({
            run: z.string().min(1),
            cwd: z.string().optional(),
            env: z.record(z.string(), z.string()).optional(),
            timeout_seconds: z.int().positive().optional(),
          }),
        )
        .min(1),
    })
    .optional(),
  limits: z
    .strictObject({
      wall_clock_seconds: limits.wallClockSeconds,
      idle_seconds: limits.idleSeconds,
      model_requests: limits.modelRequests,
      cost_usd: limits.costUsd,
      tool_calls: limits.toolCalls,
      output_bytes: limits.outputBytes,
    })
    .prefault({}),
  terminal: facts.hasTerminal,
});
export type ProfileDocument = z.infer<typeof ProfileDocument>;

/** What the document says in our words. Its agent has the transport, and everything else was checked before. */
export function profileOf(document: ProfileDocument, fallbackName: string): ExecutorProfile {
  const { name, transport, program, permissions, limits: bounds, recipe, terminal, ...same } = document;
  return ExecutorProfile.parse({
    ...same,
    name: name ?? fallbackName,
    transport: transport ?? usualTransport(document.agent),
    program: typeof program === 'string' ? [program] : program,
    permissions: {
      otherwise: permissions.otherwise,
      expirySeconds: permissions.expiry_seconds,
      rules: permissions.rules,
    },
    recipe:
      recipe === undefined
        ? null
        : { steps: recipe.steps.map(({ timeout_seconds, ...step }) => ({ ...step, timeoutSeconds: timeout_seconds })) },
    limits: {
      wallClockSeconds: bounds.wall_clock_seconds,
      idleSeconds: bounds.idle_seconds,
      modelRequests: bounds.model_requests,
      costUsd: bounds.cost_usd,
      toolCalls: bounds.tool_calls,
      outputBytes: bounds.output_bytes,
    },
    hasTerminal: terminal,
  });
}

export const usualTransport = (agent: AgentName): string => AGENT_TRANSPORTS[agent][0];

export const encodeProfile = (profile: ExecutorProfile) => ({
  name: profile.name,
  description: profile.description,
  title: profile.title,
  agent: profile.agent,
  transport: profile.transport,
  program: profile.program,
  args: profile.args,
  model: profile.model,
  sandbox: profile.sandbox,
  permissions: {
    otherwise: profile.permissions.otherwise,
    expiry_seconds: profile.permissions.expirySeconds,
    rules: profile.permissions.rules,
  },
  environment: profile.environment,
  recipe: profile.recipe === null ? undefined : encodeRecipe(profile.recipe),
  limits: {
    wall_clock_seconds: profile.limits.wallClockSeconds,
    idle_seconds: profile.limits.idleSeconds,
    model_requests: profile.limits.modelRequests,
    cost_usd: profile.limits.costUsd,
    tool_calls: profile.limits.toolCalls,
    output_bytes: profile.limits.outputBytes,
  },
  terminal: profile.hasTerminal,
});
