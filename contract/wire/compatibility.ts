import { z } from 'zod';

/** Which executors would take a task on a machine. */
export interface CompatibilityView {
  readonly tier: number;
  readonly executors: readonly {
    readonly name: string;
    readonly tier: number;
    readonly mode: 'real' | 'simulation' | null;
    readonly program: { readonly path: string; readonly version: string | null } | null;
    readonly detail: string;
  }[];
  readonly os: string;
  readonly isInsideVsCode: boolean;
}

export const encodeCompatibility = ({ tier, executors, os, isInsideVsCode }: CompatibilityView) => ({
  adapters: executors.map(({ name, mode, program, detail, ...executor }) => ({
    id: name,
    status: mode === null ? 'unavailable' : 'active',
    tier: executor.tier,
    available: mode !== null,
    mode,
    binary: program?.path ?? null,
    version: program?.version ?? null,
    detail,
  })),
  environment: { os, vscode_detected: isInsideVsCode },
  tier,
});

export const WireCompatibility = z
  .object({
    adapters: z.array(
      z.object({
        id: z.string(),
        status: z.enum(['active', 'unavailable']),
        tier: z.int(),
        available: z.boolean(),
        mode: z.enum(['real', 'simulation']).nullable(),
        binary: z.string().nullable(),
        version: z.string().nullable(),
        detail: z.string(),
      }),
    ),
    environment: z.object({ os: z.string(), vscode_detected: z.boolean() }),
    tier: z.int(),
  })
  .meta({ id: 'Compatibility', description: 'Which executors would take a task on this machine, as it was found.' });
