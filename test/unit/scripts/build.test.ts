import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const repository = join(import.meta.dirname, '../../..');
const INPUTS = ['bin', 'scripts', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'codencer-build-'));
  for (const name of INPUTS) cpSync(join(repository, name), join(root, name), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  for (const folder of ['contract', 'main/daemon', 'main/cli', 'renderer'])
    mkdirSync(join(root, folder), { recursive: true });
  write('renderer/index.html', '<script type="module" src="./main.tsx"></script>');
  write('renderer/main.tsx', "console.log('page');\n");
  write('main/daemon/main.ts', "console.log('daemon');\n");
  write('main/cli/main.ts', "void import('./part.ts').then(({ text }) => console.log(text));\n");
  write('main/cli/part.ts', "export const text = 'one';\n");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('build --if-changed', () => {
  it('builds all programs, the command line as CommonJS with lazy chunks and the daemon as one file', () => {
    expect(build()).toEqual({ status: 0, output: '' });
    expect(run('dist/cli/main.cjs')).toBe('one\n');
    expect(run('dist/daemon/main.cjs')).toBe('daemon\n');
    expect(readdirSync(join(root, 'dist/cli')).filter((name) => name.endsWith('.cjs'))).toHaveLength(2);
    expect(readdirSync(join(root, 'dist/daemon')).sort()).toEqual(['main.cjs', 'main.cjs.map']);
  });

  it('does nothing while its inputs are as they were, and builds again when one is changed', () => {
    build();
    write('dist/cli/main.cjs', "console.log('left alone');");
    build();
    expect(run('dist/cli/main.cjs')).toBe('left alone\n');
    write('main/cli/part.ts', "export const text = 'two';\n");
    build();
    expect(run('dist/cli/main.cjs')).toBe('two\n');
  });

  it('keeps the bundles that run when a build fails, and tries again next time', () => {
    build();
    write('main/cli/main.ts', 'this is no program(');
    const failed = build();
    expect(failed.status).toBe(1);
    expect(failed.output).toContain('main/cli/main.ts');
    expect(run('dist/cli/main.cjs')).toBe('one\n');
    expect(build().status).toBe(1);
  });

  it('runs on the packaged Node when npm itself runs on an old one', () => {
    const pretendOldNode = join(repository, 'test/fixtures/programs/pretend-old-node.cjs');
    expect(build(['--require', pretendOldNode])).toEqual({ status: 0, output: '' });
    expect(run('dist/cli/main.cjs')).toBe('one\n');
  });
});

function build(nodeArgs: readonly string[] = []) {
  const args = [...nodeArgs, join(root, 'scripts/run.cjs'), 'scripts/build.ts', '--if-changed'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

function run(bundle: string): string {
  return spawnSync(process.execPath, [join(root, bundle)], { encoding: 'utf8' }).stdout;
}

function write(path: string, text: string): void {
  writeFileSync(join(root, path), text);
}
