import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const LOADER = join(import.meta.dirname, '../../../main/cli/load-compiled.ts');

let folder: string;
let program: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'codencer-compiled-'));
  program = join(folder, 'program.cjs');
  writeProgram('one');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a program that was loaded once', () => {
  it('is loaded with the code that it had when it was kept', () => {
    expect(start()).toBe('one:kept anew');
    expect(start()).toBe('one:left as it is');
  });

  it('has its own folder, file and require, and finds what it asks for later', () => {
    start();
    writeFileSync(join(folder, 'beside.cjs'), "exports.word = 'beside';");
    writeFileSync(program, "exports.text = async () => [__filename, __dirname, require('./beside.cjs').word].join();");
    expect(start()).toBe(`${program},${folder},beside:kept anew`);
  });

  it('is another one when its source is, also one of the same length', () => {
    start();
    writeProgram('two');
    expect(start()).toBe('two:kept anew');
    expect(start()).toBe('two:left as it is');
  });

  it.each([
    ['is cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
    ['is damaged', (bytes: Buffer) => Buffer.from(bytes).fill(0x55, 200, 260)],
    ['is empty', () => Buffer.alloc(0)],
  ])('is compiled anew when what was kept %s', (_how, damage) => {
    start();
    writeFileSync(keptFile(), damage(readFileSync(keptFile())));
    expect(start()).toBe('one:kept anew');
    expect(start()).toBe('one:left as it is');
  });

  it('is loaded as any other where the compile cache is off', () => {
    expect(start({ NODE_DISABLE_COMPILE_CACHE: '1' })).toBe('one:nothing kept');
  });

  it('runs all the same where nothing can be kept', () => {
    start();
    const kept = keptFile();
    rmSync(kept);
    // A folder in its place: nobody can rename a file over it, root included.
    mkdirSync(join(kept, 'inside'), { recursive: true });
    expect(start()).toBe('one:left as it is');
    expect(readdirSync(join(kept, '..')).filter((name) => name.includes('.started.'))).toEqual([]);
  });
});

function writeProgram(word: string): void {
  writeFileSync(program, `exports.text = async () => { const late = () => '${word}'; return late(); };`);
}

const keptFile = (): string => {
  const cache = join(folder, 'cache');
  const [versioned = ''] = readdirSync(cache);
  return join(cache, versioned, 'program.cjs.started');
};

/** What the program says, and whether its code was written. */
function start(env: Readonly<Record<string, string>> = {}): string {
  const before = stampOfKept();
  const script = `
    const { loadCompiled } = await import(${JSON.stringify(LOADER)});
    const { exports, keep } = loadCompiled(${JSON.stringify(program)}, ${JSON.stringify(join(folder, 'cache'))});
    console.log(await exports.text());
    keep();`;
  const ended = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  expect(ended.stderr).toBe('');
  const after = stampOfKept();
  const what = after === null ? 'nothing kept' : after === before ? 'left as it is' : 'kept anew';
  return `${ended.stdout.trim()}:${what}`;
}

function stampOfKept(): string | null {
  try {
    const { ino, mtimeMs } = statSync(keptFile());
    return `${ino} ${mtimeMs}`;
  } catch {
    return null; // Nothing was kept yet.
  }
}
