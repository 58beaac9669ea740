import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { z } from 'zod';
import type { TaskResult } from '../support/task-client.ts';
import type { Playing } from './playing.ts';
import { isAvailable } from './transports.ts';

const Line = z.looseObject({ kind: z.string() });

/** How the agent was run, and what it did and used, is in the record, without keys. */
export async function expectTraces({ attempts, play }: Playing, result: TaskResult): Promise<void> {
  const [attempt] = await attempts();
  expect(attempt).toMatchObject({ id: result.attempt_id, executor_session: expect.stringMatching(/./) });
  expect(attempt?.invocation).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+\.\d+/), profile: play.name });
  const argv = attempt?.invocation?.argv.join(' ') ?? '';
  expect(argv).not.toMatch(/WRITE_FILE|scripted-key/);
  expect(argv.startsWith(attempt?.invocation?.program ?? '-')).toBe(true);

  const read = (name: string) => readFileSync(result.artifacts?.[name] ?? `/no ${name}`, 'utf8');
  // The file is of the start; which model it was is known at the end.
  expect(attempt?.invocation).toMatchObject(z.looseObject({}).parse(JSON.parse(read('invocation.json'))));
  expect(read('prompt.txt')).toContain('WRITE_FILE');
  expect(read('transcript.md')).toContain('Done: hello.txt is written.');
  const lines = read('activity.jsonl').trim().split('\n');
  const kinds = lines.map((line) => Line.parse(JSON.parse(line)).kind);
  expect(kinds).toEqual(expect.arrayContaining(['session', 'tool_call']));
  for (const name of ['stdout.log', 'stderr.log', 'activity.jsonl', 'transcript.md']) {
    expect(read(name)).not.toContain('scripted-key');
  }
}

export function expectUsage({ play }: Playing, { usage }: TaskResult): void {
  const told = play.transport.usage;
  if (!isAvailable(told)) {
    expect(usage).toBeNull();
    return;
  }
  expect(usage).toMatchObject({ basis: expect.any(String), cost_usd: told.hasCost ? expect.any(Number) : null });
  expect([(usage?.input_tokens ?? 0) > 0, (usage?.output_tokens ?? 0) > 0]).toEqual([true, true]);
}
