import { lstatSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

const noteOf = (path: string): string => `${path}-closed`;

/** Notes how the file looks that was just closed. Never through a link that somebody has put there. */
export function noteOrderlyClose(path: string): void {
  try {
    if (isLogLeft(path)) return;
    rmSync(noteOf(path), { force: true });
    writeFileSync(noteOf(path), stampOf(path), { mode: 0o600, flag: 'wx' });
  } catch {
    // without a note the next start reads more
  }
}

/** Whether nobody has written to the file since it was closed in order. */
export function isAsClosed(path: string): boolean {
  try {
    return !isLogLeft(path) && lstatSync(noteOf(path)).isFile() && readFileSync(noteOf(path), 'utf8') === stampOf(path);
  } catch {
    return false; // no note
  }
}

const isLogLeft = (path: string): boolean => (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;

/** Whatever is written, copied, put back or moved here has another time of change, which no call can set. */
function stampOf(path: string): string {
  const { ino, size, ctimeNs } = statSync(path, { bigint: true });
  return `${ino} ${size} ${ctimeNs}\n`;
}
