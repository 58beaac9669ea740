import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import type { ScriptedModel } from '../../main/cli/demo/scripted-model/scripted-model.ts';
import { agentFor } from './agent-for.ts';
import { PROGRAMS } from './programs.ts';
import type { Transport, Way } from './transports.ts';

const SHIPPED = join(import.meta.dirname, '../../resources/executors');

/** One transport with one scenario, under a profile of its own. */
export interface Play {
  /** Of the profile. */
  readonly name: string;
  readonly transport: Transport;
  readonly way: Way;
  readonly limits?: Readonly<Record<string, number | null>>;
  /** The vendor's own number unless told; few, so that nobody waits for minutes. */
  readonly maxRetries?: number | null;
}

export interface SetUpPlays {
  /** Of the daemon. Profiles name these variables and never their values. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder in which an agent finds its home and its temporary files, by the name of the play. */
  readonly folders: ReadonlyMap<string, string>;
}

export interface PlaySetting {
  readonly plays: readonly Play[];
  readonly model: ScriptedModel;
  /** Where the homes are made. */
  readonly folder: string;
  readonly repoRoot: string;
}

/** A home for each play, and a profile in the repository that leads there. */
export function setUpPlays({ plays, model, folder, repoRoot }: PlaySetting): SetUpPlays {
  const profiles = join(repoRoot, '.codencer/executors');
  mkdirSync(profiles, { recursive: true });
  const env: Record<string, string> = {};
  const folders = new Map<string, string>();
  for (const play of plays) {
    const home = join(folder, play.name);
    mkdirSync(home);
    folders.set(play.name, home);
    const { canAsk = false, scenario } = play.way;
    const maxRetries = play.maxRetries === undefined ? { maxRetries: 1 } : {};
    const own = agentFor(play.transport.home, { scenario, model, folder: home, canAsk, ...maxRetries });
    const given = Object.entries({ ...own.env, ...play.transport.env });
    const environment: Record<string, string> = {};
    for (const [name, value] of given) {
      const isOwn = name.startsWith('npm_') || isOfOneAgent(value, home, model);
      const source = isOwn ? `${variableOf(play.name)}_${name}` : name;
      if (source !== name) environment[name] = source;
      env[source] = value;
    }
    writeFileSync(join(profiles, `${play.name}.yaml`), stringify(profileOf(play, environment)));
  }
  return { env, folders };
}

/** The others mean the same to all of them, and are the daemon's own. Those of npm a daemon gives to nobody by itself. */
const isOfOneAgent = (value: string, home: string, model: ScriptedModel): boolean =>
  value.includes(home) || value.includes(model.url) || value === KEY;

const KEY = 'scripted-key';

const variableOf = (name: string): string => name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');

const Shipped = z.looseObject({ program: z.array(z.string()).default([]), limits: z.looseObject({}).default({}) });

/** The profile that comes with the daemon, with the pinned program in a home of its own. */
function profileOf({ transport, way, limits = {} }: Play, environment: Readonly<Record<string, string>>) {
  const shipped = Shipped.parse(parse(readFileSync(join(SHIPPED, `${transport.shipped}.yaml`), 'utf8')));
  const { program, argvPrefix } = PROGRAMS[transport.program];
  return {
    ...shipped,
    program: [program, ...argvPrefix, ...shipped.program.slice(1)],
    args: transport.args,
    model: transport.model,
    ...(way.sandbox === undefined ? {} : { sandbox: way.sandbox }),
    permissions: { otherwise: way.otherwise ?? 'ask' },
    environment,
    limits: { ...shipped.limits, ...limits },
  };
}
