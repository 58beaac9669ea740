import { lstatSync, readdirSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { absoluteOf, type BytePath, joinBytePath, toBytePath } from './byte-path.ts';

const SLICE_MS = 5;

/** The bytes of all files below a folder. What cannot be read counts nothing: the number is for people. */
export async function folderSize(root: string, folder: BytePath): Promise<number> {
  const pending = [folder];
  let bytes = 0;
  let sliceStartMs = performance.now();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    bytes += measure(root, next, pending);
    if (performance.now() - sliceStartMs < SLICE_MS) continue;
    await nextTurn();
    sliceStartMs = performance.now();
  }
  return bytes;
}

function measure(root: string, folder: BytePath, pending: BytePath[]): number {
  try {
    let bytes = 0;
    for (const entry of readdirSync(absoluteOf(root, folder), { withFileTypes: true, encoding: 'buffer' })) {
      const path = joinBytePath(folder, toBytePath(entry.name));
      if (entry.isDirectory()) pending.push(path);
      else bytes += lstatSync(absoluteOf(root, path)).size;
    }
    return bytes;
  } catch {
    return 0; // Gone or closed to us: see above.
  }
}
