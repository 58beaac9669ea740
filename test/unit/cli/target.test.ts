import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveTarget } from '../../../main/cli/target.ts';
import { pretendRepository } from '../../support/pretended-repository.ts';
import { failureOf, successOf } from '../../support/success-of.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

interface Place {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

const resolve = ({ env = {}, cwd = temporaryFolder() }: Place) => resolveTarget({ env, cwd, programName: 'codencer' });
const urlOf = (place: Place): string => successOf(resolve(place)).baseUrl;

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const instance = (baseUrl: string, pid = process.pid) => ({
  '.codencer/instance.json': JSON.stringify({ base_url: baseUrl, pid }),
  '.codencer/token': 'secret\n',
});

describe('the target (CLI-7, CLI-8)', () => {
  it('is ORCHESTRATORD_URL before all else', () => {
    const cwd = folderWith({ '.env': 'PORT=1', ...instance('http://127.0.0.1:2') });
    expect(urlOf({ env: { ORCHESTRATORD_URL: 'http://10.0.0.5:9/', PORT: '3' }, cwd })).toBe('http://10.0.0.5:9');
  });

  it.each([
    [{ PORT: '9000' }, 'http://127.0.0.1:9000'],
    [{ HOST: 'localhost' }, 'http://localhost:8085'],
    [{ HOST: '127.0.0.2', PORT: '7' }, 'http://127.0.0.2:7'],
    [{ HOST: '', PORT: '', ORCHESTRATORD_URL: '' }, 'http://127.0.0.1:8085'],
  ])('is made of %j', (env, url) => {
    expect(urlOf({ env })).toBe(url);
  });

  it.each([
    ['.env', { '.env': 'PORT=abc\n' }, {}],
    ['the environment', {}, { PORT: '70000' }],
  ])('is refused when the port in %s is none', (where, files, env) => {
    expect(failureOf(resolve({ cwd: folderWith(files), env })).message).toContain(
      `PORT in ${where} must be a whole number from 0 to 65535`,
    );
  });

  it('takes from ./.env what the environment does not say', () => {
    const cwd = folderWith({ '.env': 'PORT=18085\n' });
    expect(urlOf({ cwd })).toBe('http://127.0.0.1:18085');
    expect(urlOf({ cwd, env: { PORT: '1' } })).toBe('http://127.0.0.1:1');
  });

  it('does not follow a ./.env to another machine', () => {
    const cwd = folderWith({ '.env': 'ORCHESTRATORD_URL=http://example.invalid\n' });
    expect(failureOf(resolve({ cwd }))).toMatchObject({ error: 'invalid usage', exit: 1 });
  });

  it('is the nearest instance upwards, with the token beside it', () => {
    const root = folderWith(instance('http://127.0.0.1:4321'));
    const cwd = join(root, 'a/b');
    mkdirSync(cwd, { recursive: true });
    expect(successOf(resolve({ cwd }))).toMatchObject({ baseUrl: 'http://127.0.0.1:4321', token: 'secret' });
  });

  it('gives the token to the address of its instance only', () => {
    const cwd = folderWith(instance('http://127.0.0.1:4321'));
    expect(successOf(resolve({ cwd, env: { PORT: '4321' } })).token).toBe('secret');
    expect(successOf(resolve({ cwd, env: { PORT: '4322' } })).token).toBeNull();
  });

  it('does not take an instance file that leads to another machine, or is none', () => {
    for (const text of ['{"base_url":"http://example.invalid","pid":1}', '{}', 'no json', '[1]']) {
      expect(urlOf({ cwd: folderWith({ '.codencer/instance.json': text }) })).toBe('http://127.0.0.1:8085');
    }
  });

  it.each([0, -1, 1.5, '7'])('does not take an instance file that names the process %j', (pid) => {
    const text = JSON.stringify({ base_url: 'http://127.0.0.1:4321', pid });
    expect(urlOf({ cwd: folderWith({ '.codencer/instance.json': text }) })).toBe('http://127.0.0.1:8085');
  });

  it('reads neither a token nor an instance file through a link', () => {
    const elsewhere = folderWith(instance('http://127.0.0.1:4321'));
    const cwd = folderWith({ '.codencer/instance.json': instance('http://127.0.0.1:4321')['.codencer/instance.json'] });
    symlinkSync(join(elsewhere, '.codencer/token'), join(cwd, '.codencer/token'));
    expect(successOf(resolve({ cwd }))).toMatchObject({ baseUrl: 'http://127.0.0.1:4321', token: null });
    const linked = folderWith({ '.codencer/token': 'secret' });
    symlinkSync(join(elsewhere, '.codencer/instance.json'), join(linked, '.codencer/instance.json'));
    expect(urlOf({ cwd: linked })).toBe('http://127.0.0.1:8085');
  });

  it('waits for no pipe in the place of a file', () => {
    const cwd = folderWith({ '.codencer/x': '' });
    for (const name of ['.env', '.codencer/token', '.codencer/instance.json']) {
      execFileSync('mkfifo', [join(cwd, name)]);
    }
    expect(urlOf({ cwd })).toBe('http://127.0.0.1:8085');
  });

  it('is nowhere when the process of the instance has ended: another daemon may have its port', () => {
    const cwd = folderWith(instance('http://127.0.0.1:4321', 2 ** 22 + 1));
    const failure = failureOf(resolve({ cwd }));
    expect(failure).toMatchObject({ error: 'connecting to orchestratord', exit: 5 });
    expect(failure.message).toContain('codencer up');
  });

  it('is nowhere in a repository without a daemon, and never the daemon of another one', () => {
    const cwd = folderWith({});
    pretendRepository(cwd);
    expect(failureOf(resolve({ cwd })).message).toBe(`no daemon runs for ${cwd}; start a daemon with: codencer up`);
  });

  it('is nowhere once the folder of the repository is gone, whatever is above it (CLI-10)', () => {
    const above = folderWith(instance('http://127.0.0.1:4321'));
    const home = join(above, 'mine');
    rmSync(home, { recursive: true, force: true });
    const again = resolveTarget({ env: {}, cwd: home, programName: 'codencer' }, home);
    expect(failureOf(again)).toMatchObject({ exit: 5, message: expect.stringContaining('is not there any more') });
    expect(urlOf({ cwd: home, env: { PORT: '7' } })).toBe('http://127.0.0.1:7');
  });
});
