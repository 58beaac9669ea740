import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeGateway } from './gateway.ts';

const PREFIX = 'codencer-gateway-';

/** A gateway for one command, outside of the repository: nothing is written there before it is accepted. */
export async function withTemporaryGateway<T>(
  { commonDir, head }: { readonly commonDir: string; readonly head: string },
  use: (gatewayDir: string) => Promise<T>,
): Promise<T> {
  // Named for its owner, so that the next daemon can tell what a killed one has left.
  const gatewayDir = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  try {
    makeGateway(gatewayDir, commonDir, head);
    return await use(gatewayDir);
  } finally {
    await rm(gatewayDir, { recursive: true, force: true });
  }
}

/** Removes the gateways of processes that were killed while they used one. */
export async function removeDeadGateways(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []); // what cannot be read cannot be tidied up
  const dead = names.filter(isOfDead);
  await Promise.all(
    dead.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined)),
  ); // of another user
}

function isOfDead(name: string): boolean {
  const owner = name.startsWith(PREFIX) ? /^(\d+)-/.exec(name.slice(PREFIX.length))?.[1] : undefined;
  return owner !== undefined && !isPidAlive(Number(owner));
}

function isPidAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
