import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { OUR_NODE } from './programs.ts';

/**
 * `namespace`: a network of its own that has loopback and nothing else; no packet can leave it.
 * `proxy`: the machine allows no namespace. Proxy variables point to a port that refuses; who ignores them is not seen.
 */
export type Isolation = 'namespace' | 'proxy';

const INSIDE = 'CODENCER_TEST_ISOLATION';
const PROXY = 'CODENCER_TEST_PROXY';

export const DESCRIPTIONS: Readonly<Record<Isolation, string>> = {
  namespace: 'a network namespace with loopback only; look-ups of names are recorded',
  proxy: 'no network namespace on this machine: proxies that refuse, and record who asks them',
};

/** Null outside. */
export function currentIsolation(): Isolation | null {
  const inside = process.env[INSIDE];
  return inside === 'namespace' || inside === 'proxy' ? inside : null;
}

/** Starts a script of ours anew, isolated, with our output as its own. Gives its exit code. */
export function runIsolated(script: string, args: readonly string[]): number {
  const launcher = namespaceLauncher();
  const isolation: Isolation = launcher === null ? 'proxy' : 'namespace';
  const [program = OUR_NODE, ...rest] = [...(launcher ?? []), OUR_NODE, script, ...args];
  const PATH = `${dirname(OUR_NODE)}:${process.env['PATH'] ?? ''}`;
  const env = { ...process.env, PATH, [INSIDE]: isolation };
  const { status, signal } = spawnSync(program, rest, { stdio: 'inherit', env });
  return status ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

/** What an agent's environment needs beside its home, so that it stays from the network. */
export function isolationEnv(): Readonly<Record<string, string>> {
  const url = process.env[PROXY];
  if (url === undefined) return {};
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];
  return { ...Object.fromEntries(names.map((name) => [name, url])), NO_PROXY: '127.0.0.1,localhost' };
}

export function useProxy(url: string): void {
  process.env[PROXY] = url;
}

/** Addresses that the machine's resolver asks. In the namespace they are ours. */
export function nameServers(): readonly string[] {
  const lines = readFileSync('/etc/resolv.conf', 'utf8').split('\n');
  return lines.flatMap((line) => /^nameserver\s+(\d+\.\d+\.\d+\.\d+)\s*$/.exec(line)?.[1] ?? []);
}

/** Root needs no user namespace; anybody else keeps their id (an agent behaves differently as root). */
function namespaceLauncher(): readonly string[] | null {
  const asUser = process.getuid?.() === 0 ? [] : ['--user', '--map-current-user', '--keep-caps'];
  const unshare = ['unshare', ...asUser, '--net', 'sh', '-c', SET_UP, 'isolated'];
  const addresses = nameServers().filter((address) => !address.startsWith('127.'));
  const launcher = ['env', `NAME_SERVERS=${addresses.join(' ')}`, ...unshare];
  return spawnSync('env', [...launcher.slice(1), 'true']).status === 0 ? launcher : null;
}

const SET_UP = `ip link set lo up || exit 1
for address in $NAME_SERVERS; do ip address add "$address/32" dev lo || exit 1; done
exec "$@"`;
