import { delimiter } from 'node:path';
import { markVariable } from './environment-mark.ts';

export type Variables = Readonly<Record<string, string>>;

/**
 * What a program is not told, and why. Everything else goes through: agents take their keys, proxies and certificates
 * from the operator's environment, and nobody can list what every tool needs.
 */
const withheld: readonly { readonly names: RegExp; readonly because: string }[] = [
  { names: /^CODENCER_|^ORCHESTRATORD_URL$/, because: 'our settings, marks and tokens' },
  {
    names:
      /^(?:HOST|PORT|LOG_LEVEL|DB_PATH|ARTIFACT_ROOT|WORKSPACE_ROOT|REPO_ROOT|FORCE_GATE_FOR_TESTING)$|_SIMULATION_MODE$/,
    because: 'inherited names of our settings: a development server would take our port',
  },
  { names: /^LD_PRELOAD$|^LD_AUDIT$|^DYLD_INSERT_LIBRARIES$/, because: 'meant for this process alone' },
  {
    names:
      /^NODE_(?:OPTIONS|CHANNEL_FD|CHANNEL_SERIALIZATION_MODE|UNIQUE_ID|COMPILE_CACHE|V8_COVERAGE)$|^ELECTRON_RUN_AS_NODE$/,
    because: 'how our own Node runs',
  },
  {
    names:
      /^GIT_(?:DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|NAMESPACE|PREFIX|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|SHALLOW_FILE|GRAFT_FILE|REPLACE_REF_BASE|QUARANTINE_PATH|EXEC_PATH|TEMPLATE_DIR|ATTR_SOURCE|DEFAULT_HASH|REF_PARANOIA|LITERAL_PATHSPECS|INTERNAL_\w+)$|^GIT_CONFIG/,
    because: 'would lead git out of the worktree or change what it does there',
  },
  { names: /^npm_|^INIT_CWD$/i, because: 'tells npm that it runs inside our own npm script' },
  { names: /^(?:PWD|OLDPWD)$/, because: 'names our folder, not the worktree' },
];

/** Folders that `npm run` and `npx` put before the operator's own. */
const npmFolder = /[\\/]node_modules[\\/]\.bin[\\/]?$|[\\/]node-gyp-bin[\\/]?$/;

/** The environment of a program: the operator's, without what is ours, with what the caller adds and the mark (PROC-12). */
export function executorEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  added: Variables,
  mark: string,
): Variables {
  const passed = Object.entries(own).flatMap(([name, value]) =>
    value === undefined || isWithheld(name) ? [] : [[name, value] as const],
  );
  const fromNpm = Object.keys(own).some((name) => /^npm_/i.test(name));
  const variables = Object.fromEntries(
    passed.map(([name, value]) => [name, fromNpm ? withoutNpm(name, value) : value]),
  );
  return { ...variables, ...added, [markVariable]: mark };
}

const isWithheld = (name: string): boolean => withheld.some(({ names }) => names.test(name));

function withoutNpm(name: string, value: string): string {
  if (name.toUpperCase() !== 'PATH') return value;
  return value
    .split(delimiter)
    .filter((folder) => !npmFolder.test(folder))
    .join(delimiter);
}
