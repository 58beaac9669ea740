import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { takeInstanceLock } from '../../../../../main/daemon/adapters/instance/instance-lock.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const program = join(import.meta.dirname, '../../../../fixtures/programs/hold-instance-lock.mjs');

/** Starts a holder and gives its first line. */
async function startHolder(stateDir: string) {
  const child: ChildProcess = spawn(process.execPath, [program, stateDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [chunk] = child.stdout === null ? [] : await once(child.stdout, 'data');
  const [word = '', rest = ''] = String(chunk).trim().split(/ (.*)/);
  if (word === 'held') onTestFinished(() => void process.kill(Number(rest), 'SIGKILL'));
  return { child, word, rest };
}

function take(stateDir: string) {
  const lock = takeInstanceLock(stateDir);
  if (lock.ok) onTestFinished(() => lock.value.release());
  return lock;
}

describe('the instance lock', () => {
  it('is refused to a second process with pid and address of the first (INST-2, INST-3)', async () => {
    const stateDir = temporaryFolder();
    const { child, word } = await startHolder(stateDir);
    expect(word).toBe('held');
    expect(failureOf(take(stateDir))).toEqual({
      kind: 'held',
      holder: { pid: child.pid, baseUrl: 'http://127.0.0.1:8085' },
      sentence: `this repository already has a daemon: process ${child.pid} at http://127.0.0.1:8085`,
    });
  });

  it('is free when its holder was killed, although a child of it lives on (INST-2)', async () => {
    const stateDir = temporaryFolder();
    const { child } = await startHolder(stateDir);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(take(stateDir).ok).toBe(true);
  });

  it('is free after its release, which takes the note beside it away (INST-2)', async () => {
    const stateDir = temporaryFolder();
    const lock = successOf(takeInstanceLock(stateDir));
    successOf(await lock.announce(null));
    expect(existsSync(join(stateDir, 'instance.lock.json'))).toBe(true);
    lock.release();
    expect(existsSync(join(stateDir, 'instance.lock.json'))).toBe(false);
    const { word, rest } = await startHolder(stateDir);
    expect([word, rest === '']).toEqual(['held', false]);
  });

  it('names nobody while the note beside it is of a process that is gone, or damaged (INST-3)', async () => {
    const stateDir = temporaryFolder();
    take(stateDir);
    const sentence = 'another daemon is just starting or stopping for this repository';
    for (const note of ['{', '{"pid":"x"}', JSON.stringify({ pid: process.pid, process_start: 'another boot:1' })]) {
      writeFileSync(join(stateDir, 'instance.lock.json'), note);
      expect((await startHolder(stateDir)).rest).toBe(sentence);
    }
  });

  it('says that the holder is starting while it has no address (INST-3)', async () => {
    const stateDir = temporaryFolder();
    const lock = successOf(take(stateDir));
    await lock.announce(null);
    const { rest } = await startHolder(stateDir);
    expect(rest).toBe(`this repository already has a daemon: process ${process.pid} which is starting`);
  });

  it('is never taken on a file that is damaged, and the file stays (INST-4)', () => {
    const stateDir = temporaryFolder();
    writeFileSync(join(stateDir, 'instance.lock'), 'no database'.repeat(200));
    expect(failureOf(take(stateDir))).toMatchObject({
      kind: 'unusable',
      sentence: expect.stringContaining('then delete that file'),
    });
    expect(existsSync(join(stateDir, 'instance.lock'))).toBe(true);
  });
});
