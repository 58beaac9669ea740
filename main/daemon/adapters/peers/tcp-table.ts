import { readFile } from 'node:fs/promises';
import { isIPv4, isIPv6 } from 'node:net';
import { endianness } from 'node:os';

/** One accepted connection, as Node's socket names its ends. */
export interface TcpConnection {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

/** The far end of a connection on this machine. */
export interface PeerSocket {
  readonly uid: number;
  readonly inode: number;
}

/** The kernel gives the table in pages, and a row can slip between two of them while others come and go. */
const readings = 3;

/** The kernel's tables of this network namespace. Each costs the same for one connection and for a thousand. */
const tables = ['tcp', 'tcp6'] as const;
export type TcpTable = (typeof tables)[number];

/**
 * Finds the far ends of connections, in their order. Null where it is not on this machine, or closed already: such a row
 * has no owner any more and must not be taken for root's.
 */
export async function findPeerSockets(
  connections: readonly TcpConnection[],
  read: (table: TcpTable) => Promise<string> = readTable,
): Promise<readonly (PeerSocket | null)[]> {
  const ends = connections.map(rowsOfPeer);
  const found = new Map<string, PeerSocket>();
  const isMissing = (rows: readonly Row[]): boolean => !rows.some(({ addresses }) => found.has(addresses));
  for (let reading = 0; reading < readings; reading += 1) {
    for (const table of tables) {
      const missing = ends.filter(isMissing).flat();
      const wanted = new Set(missing.filter((row) => row.table === table).map(({ addresses }) => addresses));
      if (wanted.size > 0) collectRows(await read(table), wanted, found);
    }
  }
  return ends.map((rows) =>
    ownedOf(rows.map(({ addresses }) => found.get(addresses)).find((row) => row !== undefined)),
  );
}

const ownedOf = (socket: PeerSocket | undefined): PeerSocket | null =>
  socket === undefined || socket.inode === 0 ? null : socket;

interface Row {
  readonly table: TcpTable;
  /** Both columns as the kernel prints them: of the peer's own end, then of ours. */
  readonly addresses: string;
}

/** A peer may reach an IPv4 address through a socket of either family. */
function rowsOfPeer({ localAddress, localPort, remoteAddress, remotePort }: TcpConnection): readonly Row[] {
  const [remote, local] = [addressBytes(remoteAddress), addressBytes(localAddress)];
  if (remote === null || local === null) return [];
  const row = (from: number) =>
    `${endpoint(remote.subarray(from), remotePort)} ${endpoint(local.subarray(from), localPort)}`;
  const six: Row = { table: 'tcp6', addresses: row(0) };
  return isMapped(remote) && isMapped(local) ? [{ table: 'tcp', addresses: row(mappedPrefix.length) }, six] : [six];
}

const mappedPrefix = Buffer.from('00000000000000000000ffff', 'hex');

const isMapped = (address: Buffer): boolean => address.subarray(0, mappedPrefix.length).equals(mappedPrefix);

/** The sixteen bytes of an address; an IPv4 address as the IPv6 one that stands for it. Null when it is none. */
export function addressBytes(address: string): Buffer | null {
  if (isIPv4(address)) return Buffer.concat([mappedPrefix, Buffer.from(address.split('.').map(Number))]);
  const withoutZone = address.replace(/%.*$/, '');
  if (!isIPv6(withoutZone)) return null;
  const [head = '', tail] = hexGroups(withoutZone).split('::');
  const front = Buffer.from(head, 'hex');
  const back = Buffer.from(tail ?? '', 'hex');
  return Buffer.concat([front, Buffer.alloc(16 - front.length - back.length), back]);
}

/** `::ffff:127.0.0.1` → `::ffff7f000001`: groups of four digits without colons, the gap kept. */
function hexGroups(address: string): string {
  const dotted = /([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)$/.exec(address);
  const plain = dotted === null ? address : address.slice(0, dotted.index) + dottedGroups(dotted.slice(1));
  return plain.split('::').map(joinGroups).join('::');
}

const joinGroups = (groups: string): string =>
  groups
    .split(':')
    .map((group) => (group === '' ? '' : group.padStart(4, '0')))
    .join('');

function dottedGroups(parts: readonly string[]): string {
  const hex = parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 4)}:${hex.slice(4)}`;
}

/** The kernel prints addresses as 32-bit numbers of the machine, and the port as a number. */
function endpoint(address: Buffer, port: number): string {
  const printed = endianness() === 'LE' ? Buffer.from(address).swap32() : address;
  return `${printed.toString('hex')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}

/** In a thread, because the kernel takes milliseconds for it, and the longer, the more connections there are. */
export async function readTable(table: TcpTable): Promise<string> {
  try {
    return await readFile(`/proc/self/net/${table}`, 'latin1');
  } catch {
    return ''; // no IPv6 in this kernel
  }
}

/** A line is its number, a colon, both addresses, and what follows them; the first line has the names of the columns. */
function collectRows(table: string, wanted: ReadonlySet<string>, found: Map<string, PeerSocket>): void {
  const [length = 0] = Array.from(wanted, (addresses) => addresses.length);
  for (const line of table.split('\n')) {
    const from = line.indexOf(': ') + 2;
    const addresses = line.slice(from, from + length);
    if (wanted.has(addresses) && !found.has(addresses)) found.set(addresses, socketIn(line.slice(from + length)));
  }
}

/** After both addresses: state, queues, timer, retransmits, uid, timeout, inode (proc_pid_net(5)). */
function socketIn(rest: string): PeerSocket {
  const fields = rest.trim().split(/ +/);
  return { uid: Number(fields[4]), inode: Number(fields[6]) };
}
