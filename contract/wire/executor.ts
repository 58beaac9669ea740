import { z } from 'zod';

import { ExecutorProfile } from '../executor-profile.ts';
import { wireObject } from './decode.ts';
import { encodeProfile, ProfileDocument } from './executor-profile.ts';

/** An executor that a task may name, with what was found where its program was looked for. */
export interface ExecutorView {
  readonly name: string;
  readonly source: { readonly kind: 'built in' | 'shipped' | 'repository'; readonly file: string | null };
  /** Null: its file cannot be used. */
  readonly profile: ExecutorProfile | null;
  readonly profileHash: string | null;
  readonly problems: readonly string[];
  readonly probe: {
    readonly mode: 'real' | 'simulation' | null;
    readonly program: { readonly path: string; readonly version: string | null } | null;
    readonly isLoggedIn: boolean | null;
    readonly sandbox: string | null;
    readonly canAsk: boolean | null;
    readonly detail: string;
  };
}

export interface ExecutorListView {
  readonly executors: readonly ExecutorView[];
  /** Why a folder of profiles could not be read. */
  readonly problems: readonly string[];
}

const LOGGED_IN = { true: 'yes', false: 'no', null: 'unknown' } as const;

export const encodeExecutor = ({ name, source, profile, profileHash, problems, probe }: ExecutorView) => ({
  name,
  agent: profile?.agent ?? null,
  source: source.kind === 'built in' ? 'built_in' : source.kind,
  file: source.file,
  problems,
  probe: {
    available: probe.mode !== null,
    mode: probe.mode,
    binary: probe.program?.path ?? null,
    version: probe.program?.version ?? null,
    logged_in: LOGGED_IN[`${probe.isLoggedIn}`],
    sandbox: probe.sandbox,
    can_ask: probe.canAsk,
    detail: probe.detail,
  },
  profile_hash: profileHash,
  profile: profile === null ? null : encodeProfile(profile),
});

export const encodeExecutorList = ({ executors, problems }: ExecutorListView) => ({
  executors: executors.map(encodeExecutor),
  problems,
});

const said = (description: string) => ({ description });

/** A profile as it counts: with every default, also of what no file can describe. */
const WireProfile = ProfileDocument.extend({
  name: z.string(),
  agent: z.string(),
  transport: z.string(),
  program: ExecutorProfile.shape.program,
}).meta({ id: 'ExecutorProfile', description: 'How a program is run, in the words of its file.' });

export const WireExecutor = z
  .object({
    name: z.string().meta(said('What a task says in adapter_profile.')),
    agent: z.string().nullable().meta(said('Whose program it is; null: its file cannot be used.')),
    source: z.enum(['built_in', 'shipped', 'repository']),
    file: z.string().nullable().meta(said('Absolute, or below the repository; null for what is built in.')),
    problems: z
      .array(z.string())
      .meta(said('Why its file cannot be used, with line and key. A task that names it is refused.')),
    probe: z.object({
      available: z.boolean().meta(said('A task that names it is taken.')),
      mode: z.enum(['real', 'simulation']).nullable(),
      binary: z.string().nullable().meta(said('Absolute path of its program; null: none was found, or it has none.')),
      version: z.string().nullable().meta(said('What it says of itself.')),
      logged_in: z.enum(['yes', 'no', 'unknown']).meta(said("As far as the vendor's files and variables tell.")),
      sandbox: z.string().nullable().meta(said("The vendor's own word for what it may do; null: its default.")),
      can_ask: z
        .boolean()
        .nullable()
        .meta(said('Whether it can ask for permission while it works; if not, what it may not do fails.')),
      detail: z.string().meta(said('Why it is as it is, for people.')),
    }),
    profile_hash: z.string().nullable().meta(said('SHA-256 of what the profile says.')),
    profile: WireProfile.nullable(),
  })
  .meta({ id: 'Executor', description: 'An executor that a task may name, and what was found of its program.' });

export const WireExecutorList = z
  .object({
    executors: z.array(WireExecutor),
    problems: z.array(z.string()).meta(said('Why a folder of profiles could not be read.')),
  })
  .meta({ id: 'ExecutorList', description: 'Every executor that a task may name.' });

export const ExecutorPath = z.object({ id: ExecutorProfile.shape.name });

export const ExecutorQuery = wireObject({
  probe: z
    .enum(['true', 'false'])
    .optional()
    .meta(said('`true`: programs are asked for their version again, although they have not changed.')),
});
