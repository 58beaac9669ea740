import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScriptedModel, startScriptedModel } from '../../main/cli/demo/scripted-model/scripted-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { agentFor } from './agent-for.ts';
import { HEADLESS } from './headless.ts';
import { outsideLookups, PLANTED_NAME, recordedLookups } from './lookup-recorder.ts';
import { AGENTS } from './programs.ts';
import { runAgent } from './run-agent.ts';

let model: ScriptedModel;

beforeAll(async () => {
  model = await startScriptedModel();
});

afterAll(() => model.close());

describe('the rig', () => {
  it.each(AGENTS)('%s works with the scripted model, and asks nobody else', async (name) => {
    const { folder, repository } = stage();
    const agent = agentFor(name, { scenario: 'write', model, folder });
    const [askedBefore, lookupsBefore] = [model.requests().length, outsideLookups().length];

    const prompt = 'Create the file hello.txt. WRITE_FILE=hello.txt';
    const args = [...agent.argvPrefix, ...HEADLESS[name]({ cwd: repository, prompt })];
    const end = await runAgent({ ...agent, args, cwd: repository, timeoutMs: 100_000 });

    expect(end).toMatchObject({ exitCode: 0, signal: null });
    expect(readFileSync(join(repository, 'hello.txt'), 'utf8')).toBe('Written by the scripted model.\n');
    expect(
      model
        .requests()
        .slice(askedBefore)
        .map(({ hasToolResult }) => hasToolResult),
    ).toEqual([false, true]);
    expect(outsideLookups().slice(lookupsBefore)).toEqual([]);
  });

  it('notices who looks up an outside name', async () => {
    const { folder, repository } = stage();
    const before = recordedLookups().length;
    const ask = `await fetch("https://${PLANTED_NAME}/").catch(() => process.exit(7))`;
    const { env } = agentFor('codex', { scenario: 'write', model, folder });
    const end = await runAgent({
      program: process.execPath,
      args: ['--use-env-proxy', '--input-type=module', '--eval', ask],
      cwd: repository,
      env,
      timeoutMs: 60_000,
    });
    expect(end.exitCode).toBe(7);
    expect(recordedLookups().slice(before)).not.toEqual([]);
  });
});

function stage() {
  const folder = temporaryFolder();
  const repository = join(folder, 'repository');
  mkdirSync(repository);
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', repository]);
  return { folder, repository };
}
