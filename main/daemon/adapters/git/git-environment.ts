import { devNull } from 'node:os';

/** What a child needs from the daemon's environment to start at all. No `GIT_*` and no editor, pager or askpass is among it. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT', 'WINDIR', 'PATHEXT', 'USERPROFILE'];

/**
 * The environment of every git: plain messages, no prompt, no transport, none of the settings of system and user, no
 * replaced or grafted history. `GIT_ALLOW_PROTOCOL` outranks every `protocol.*` setting, so a planted promisor
 * remote can reach nothing. Who commits is fixed, because git refuses to commit as nobody.
 */
export function hardenedEnvironment(inherited: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return {
    ...startEnvironment(inherited),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
  };
}

/** As `hardenedEnvironment`, but with the settings of system and user: only these can say whom the user trusts. */
export function userEnvironment(inherited: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const xdg = inherited['XDG_CONFIG_HOME'];
  return { ...startEnvironment(inherited), ...(xdg === undefined ? {} : { XDG_CONFIG_HOME: xdg }) };
}

function startEnvironment(inherited: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const kept = Object.entries(inherited).flatMap(([name, value]) =>
    value !== undefined && INHERITED.includes(name.toUpperCase()) ? [[name, value] as const] : [],
  );
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    // A file that cannot be: an empty one makes git print advice.
    GIT_GRAFT_FILE: `${devNull}/none`,
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_AUTHOR_NAME: 'Codencer',
    GIT_AUTHOR_EMAIL: 'codencer@localhost',
    GIT_COMMITTER_NAME: 'Codencer',
    GIT_COMMITTER_EMAIL: 'codencer@localhost',
  };
}

/**
 * Settings of every git, stronger than any file. In a clean room no other file is read; where the real git directory is
 * used, each setting that could start a program is answered here. Aliases need no answer: they cannot replace a
 * built-in command. Includes need none: whatever they bring is outranked like the rest.
 */
export const HARDENED_CONFIG: readonly string[] = [
  `core.hooksPath=${devNull}`,
  'core.fsmonitor=false',
  'core.untrackedCache=false',
  'core.splitIndex=false',
  'core.pager=cat',
  'core.editor=false',
  'core.askPass=false',
  'core.sshCommand=false',
  'core.gitProxy=false',
  'core.alternateRefsCommand=false',
  `core.attributesFile=${devNull}`,
  `core.excludesFile=${devNull}`,
  'credential.helper=',
  'diff.external=',
  'gpg.program=false',
  'gpg.ssh.program=false',
  'gpg.x509.program=false',
  'commit.gpgSign=false',
  'tag.gpgSign=false',
  'protocol.allow=never',
  'gc.auto=0',
  'maintenance.auto=false',
];
