import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import Module, { createRequire, enableCompileCache, getCompileCacheDir } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

export interface CompiledProgram {
  readonly exports: unknown;
  /** To be called when it has started: what V8 has compiled until now is there for the next start. */
  readonly keep: () => void;
}

/**
 * Loads a CommonJS file, which has `require` and no `import()`, with the code that V8 made of it in an earlier run.
 * Node's compile cache is made before a file is run, so functions that are compiled when they are first called, which
 * is most of a large program's start, are not in it. This one is kept beside that of Node, which has a folder in
 * `cacheFolder` for each of its versions, and left alone where that is off.
 */
export function loadCompiled(path: string, cacheFolder: string): CompiledProgram {
  enableCompileCache(cacheFolder);
  const folder = getCompileCacheDir();
  if (folder === undefined) return loadPlain(path);
  const source = readFileSync(path, 'utf8');
  const cacheFile = join(folder, `${basename(path)}.started`);
  const cachedData = readCache(cacheFile, source);
  const script = new Script(Module.wrap(source), {
    filename: path,
    ...(cachedData === null ? {} : { cachedData }),
  });
  const isCurrent = cachedData !== null && script.cachedDataRejected !== true;
  return {
    exports: run(script, path),
    keep: () => {
      if (!isCurrent) writeCache(cacheFile, source, script.createCachedData());
    },
  };
}

export const loadPlain = (path: string): CompiledProgram => ({
  exports: createRequire(path)(path),
  keep: () => undefined,
});

function run(script: Script, path: string): unknown {
  const module: { readonly exports: unknown } = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
  return module.exports;
}

/** V8 compares no more of the source than its length, and runs whatever bytes it is given. */
const sumsOf = (source: string, code: Uint8Array): Buffer => {
  const sums = Buffer.alloc(SUMS_BYTES);
  sums.writeUInt32LE(crc32(source));
  sums.writeUInt32LE(crc32(code), SUMS_BYTES / 2);
  return sums;
};

const SUMS_BYTES = 8;

function readCache(file: string, source: string): Buffer | null {
  try {
    const bytes = readFileSync(file);
    const code = bytes.subarray(SUMS_BYTES);
    return bytes.subarray(0, SUMS_BYTES).equals(sumsOf(source, code)) ? code : null;
  } catch {
    return null; // None yet.
  }
}

/** Beside its place and renamed into it: another start reads all of it or nothing. */
function writeCache(file: string, source: string, code: Buffer): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, Buffer.concat([sumsOf(source, code), code]), { mode: 0o600 });
    renameSync(draft, file);
  } catch {
    rmSync(draft, { force: true }); // A folder that is not ours to write in, or a full disk: the next start takes longer.
  }
}
