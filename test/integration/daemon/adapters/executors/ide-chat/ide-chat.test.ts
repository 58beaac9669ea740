import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PermissionAnswer } from '../../../../../../contract/permission.ts';
import { createIdeChatExecutor } from '../../../../../../main/daemon/adapters/executors/ide-chat/ide-chat.ts';
import { agentTask } from '../../../../../support/agent-task.ts';
import { failureOf, successOf } from '../../../../../support/success-of.ts';
import { waitUntil } from '../../../../../support/wait-until.ts';

async function hand(prompt = 'Goal\nMend the roof') {
  const { promise: answer, resolve: decide } = Promise.withResolvers<PermissionAnswer>();
  const asked: string[] = [];
  const takenBack: AbortSignal[] = [];
  const given = agentTask({
    prompt,
    askPerson: ({ sentence }, signal) => {
      asked.push(sentence);
      takenBack.push(signal);
      return answer;
    },
  });
  const worktree = join(given.folder, 'worktree');
  mkdirSync(worktree);
  const run = successOf(await createIdeChatExecutor('ide-chat').start({ ...given.task, worktreePath: worktree }));
  onTestFinished(() => run.stop('shutdown'));
  const promptFile = join(worktree, '.codencer/chat_prompt.txt');
  const resultFile = join(worktree, '.codencer/result.json');
  return { ...given, run, worktree, promptFile, resultFile, asked, takenBack, decide };
}

describe('the chat of an IDE', () => {
  it('CHAT-1: finds the whole task', async () => {
    const { promptFile, worktree } = await hand();
    const text = readFileSync(promptFile, 'utf8');
    expect(text).toMatch(/^Goal\nMend the roof\n/);
    expect(text).toContain(`Only in ${worktree}`);
    expect(text).toContain('.codencer/result.json');
  });

  it('CHAT-1: is not led out of its worktree', async () => {
    const { task, folder } = agentTask();
    const worktreePath = join(folder, 'worktree');
    mkdirSync(worktreePath);
    symlinkSync('..', join(worktreePath, '.codencer'));
    const started = await createIdeChatExecutor('ide-chat').start({ ...task, worktreePath });
    expect(failureOf(started).summary).toMatch(/^\.codencer\/chat_prompt\.txt: /);
    expect(existsSync(join(folder, 'chat_prompt.txt'))).toBe(false);
  });

  it('CHAT-2: hands in, and its gate is withdrawn', async () => {
    const { run, resultFile, asked, takenBack } = await hand();
    expect(asked).toEqual([expect.stringContaining('.codencer/chat_prompt.txt')]);
    writeFileSync(resultFile, JSON.stringify({ status: 'completed', summary: 'The roof is tight.', more: 1 }));
    expect(await run.ended).toMatchObject({
      end: { kind: 'completed' },
      summary: 'The roof is tight.',
      questions: [],
      problems: [],
    });
    expect(takenBack.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('CHAT-2: fails, or needs to know something', async () => {
    const failing = await hand();
    writeFileSync(failing.resultFile, JSON.stringify({ status: 'failed' }));
    expect(await failing.run.ended).toMatchObject({
      end: { kind: 'failed', failureClass: 'command_failed' },
      summary: 'The chat handed the task in as failed',
    });
    const asking = await hand();
    writeFileSync(asking.resultFile, JSON.stringify({ status: 'needs_input', summary: 'Tiles or straw?' }));
    expect((await asking.run.ended).questions).toEqual(['Tiles or straw?']);
  });

  it('CHAT-2: is waited for when its file is half written, and told what is wrong with it', async () => {
    const { run, resultFile, told } = await hand();
    writeFileSync(resultFile, '{"status": "comp');
    await waitUntil(() => told.length > 1);
    expect(told.at(-1)).toMatchObject({ kind: 'notice', level: 'warning' });
    writeFileSync(resultFile, JSON.stringify({ status: 'completed', summary: 'Now.' }));
    expect((await run.ended).summary).toBe('Now.');
  });

  it.each<[string, (path: string) => void]>([
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
    ['a link to a device without an end', (path) => symlinkSync('/dev/zero', path)],
  ])('CHAT-2: %s is no result, and holds up nobody', async (_, put) => {
    const { run, resultFile, told, decide } = await hand();
    put(resultFile);
    await waitUntil(() => told.length > 1);
    expect(told.at(-1)).toMatchObject({ kind: 'notice', level: 'warning' });
    decide({ answer: 'allow', scope: 'once' });
    expect(await run.ended).toMatchObject({
      end: { kind: 'completed' },
      problems: [expect.stringContaining('cleared')],
    });
    expect(existsSync(resultFile)).toBe(false);
  });

  it('CHAT-3: is declared done, or called off, by a person', async () => {
    const approved = await hand();
    approved.decide({ answer: 'allow', scope: 'once' });
    expect(await approved.run.ended).toMatchObject({
      end: { kind: 'completed' },
      summary: 'An operator declared it done.',
    });
    const rejected = await hand();
    rejected.decide({ answer: 'reject', reason: 'no roof left' });
    expect(await rejected.run.ended).toMatchObject({
      end: { kind: 'failed', failureClass: 'cancelled' },
      summary: 'An operator called it off: no roof left',
    });
  });

  it('CHAT-4: is stopped at once, also when nobody answers any more', async () => {
    const { run, decide } = await hand();
    decide({ answer: 'cancelled' });
    run.stop('timeout');
    expect((await run.ended).end).toEqual({ kind: 'stopped', reason: 'timeout' });
  });

  it('CHAT-5: leaves its work and nothing else in the worktree, and its result with the evidence', async () => {
    const { run, resultFile, worktree, folder } = await hand();
    writeFileSync(join(worktree, 'roof.txt'), 'tight');
    writeFileSync(resultFile, JSON.stringify({ status: 'completed', summary: 'Done.' }));
    await run.ended;
    expect(readdirSync(worktree)).toEqual(['roof.txt']);
    expect(readFileSync(join(folder, 'result.json'), 'utf8')).toContain('Done.');
  });

  it('CHAT-5: leaves alone what the repository has beside its files', async () => {
    const { run, worktree, resultFile } = await hand();
    writeFileSync(join(worktree, '.codencer/workspace.json'), '{}');
    writeFileSync(resultFile, JSON.stringify({ status: 'completed' }));
    await run.ended;
    expect(readdirSync(join(worktree, '.codencer'))).toEqual(['workspace.json']);
  });

  it('CHAT-5: are taken out of a worktree that nobody went on with, and nothing else', async () => {
    const { task, worktree, promptFile, resultFile } = await hand();
    writeFileSync(resultFile, '{"status": "completed"}');
    writeFileSync(join(worktree, 'roof.txt'), 'tight');
    const executor = createIdeChatExecutor('ide-chat');
    expect(await executor.clearAway?.({ worktreePath: worktree, evidencePath: task.evidencePath })).toEqual([]);
    expect([existsSync(promptFile), existsSync(resultFile), readdirSync(worktree)]).toEqual([
      false,
      false,
      ['roof.txt'],
    ]);
    expect(readFileSync(join(task.evidencePath, 'result.json'), 'utf8')).toBe('{"status": "completed"}');
    expect(await executor.clearAway?.({ worktreePath: worktree, evidencePath: task.evidencePath })).toEqual([]);
  });
});
