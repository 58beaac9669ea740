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
  readonly limits?: Readonly<Record<string, number>>;
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
  const homes = plays.map((play) => {
    const home = join(folder, play.name);
    mkdirSync(home);
    const variables = variablesOf(play, home, model);
    const environment = Object.fromEntries(
      variables.flatMap(({ name, source }) => (name === source ? [] : [[name, source]])),
    );
    writeFileSync(join(profiles, `${play.name}.yaml`), stringify(profileOf(play, environment)));
    return { name: play.name, home, env: variables.map(({ source, value }) => [source, value] as const) };
  });
  return {
    env: Object.fromEntries(homes.flatMap(({ env }) => env)),
    folders: new Map(homes.map(({ name, home }) => [name, home])),
  };
}

interface Variable {
  readonly name: string;
  /** The daemon's variable that the value is taken from. */
  readonly source: string;
  readonly value: string;
}

function variablesOf(
  { name: playName, transport, way }: Play,
  home: string,
  model: ScriptedModel,
): readonly Variable[] {
  const { canAsk = false, scenario } = way;
  const { env } = agentFor(transport.home, { scenario, model, folder: home, canAsk, maxRetries: 1 });
  // An attempt has a temporary folder of its own.
  const { TMPDIR: _, ...told } = { ...env, ...transport.env };
  return Object.entries(told).map(([name, value]) => {
    const isOwn = name.startsWith('npm_') || isOfOneAgent(value, home, model);
    return { name, source: isOwn ? `${variableOf(playName)}_${name}` : name, value };
  });
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
    ...('permissions' in shipped ? { permissions: { otherwise: way.otherwise ?? 'ask' } } : {}),
    environment,
    limits: { ...shipped.limits, ...limits },
  };
}
