import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { commandLineOf } from '../support/command-line.ts';
import { markedProcesses } from './marked-processes.ts';
import { CONTENT, FILE, type PermissionGate, type Playing } from './playing.ts';

/** The agent waits with its work, and a person sees all of it. */
export async function expectWaiting({ stage, stepId, worktree, folder }: Playing, gate: PermissionGate): Promise<void> {
  expect((await stage.client.step(stepId)).state).toBe('needs_approval');
  expect(existsSync(join(await worktree(), FILE))).toBe(false);
  const { tool, paths, command, diff, input } = gate.request;
  expect(tool).not.toBe('');
  expect(`${paths.join()} ${command}`).toContain(FILE);
  expect(`${diff} ${input} ${command}`).toContain(CONTENT.trim());
  const shown = (await stage.cli('gate', 'show', gate.id)).stdout;
  for (const part of [gate.subject_digest, tool, CONTENT.trim(), FILE]) expect(shown).toContain(part);
  const commandLines = markedProcesses(folder).map((pid) => commandLineOf(pid));
  expect(commandLines).not.toEqual([]);
  expect(commandLines.join()).not.toContain('WRITE_FILE');
}
