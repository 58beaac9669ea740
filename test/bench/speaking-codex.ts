import { chmodSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type BenchDaemon, startDaemon } from './daemon.ts';
import { ROOT } from './product.ts';
import { makeRepository } from './repository.ts';
import type { Bench } from './row.ts';

export interface Speech {
  readonly bursts: number;
  readonly pauseMs: number;
  readonly characters: number;
}

export const PROGRAM = join(ROOT, 'test/bench/programs/speaking-codex.ts');

/** A daemon that takes `speaking-codex.ts` for Codex. */
export async function startWithAgent(bench: Bench, slots: number): Promise<BenchDaemon> {
  const repoRoot = bench.workshop.folder('repository');
  makeRepository(repoRoot, 50);
  const program = join(bench.workshop.folder('agent'), 'codex');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`);
  chmodSync(program, 0o755);
  const daemon = await startDaemon(bench, {
    repoRoot,
    env: { CODEX_BINARY: program, CODENCER_SLOTS: String(slots) },
  });
  await daemon.startRun('run-agent');
  return daemon;
}

export const submitSpeech = (daemon: BenchDaemon, speech: Speech): Promise<string> =>
  daemon.submit('run-agent', { adapter_profile: 'codex', goal: JSON.stringify(speech) });

const Step = z.object({ state: z.string() });

/** What the agent of a step does, from its beginning, as soon as it is under way. */
export async function followActivity({ client }: BenchDaemon, stepId: string): Promise<IncomingMessage> {
  const state = async () => Step.parse(await client.call('GET', `/api/v1/steps/${stepId}`)).state;
  while (['pending', 'dispatching'].includes(await state())) await sleep(1);
  return client.open(`/api/v1/steps/${stepId}/activity?follow=true`);
}

/** When each message was written, as it says itself, and when it was here. */
export async function readTimes(stream: NodeJS.ReadableStream): Promise<readonly MessageTimes[]> {
  const times: MessageTimes[] = [];
  for await (const line of createInterface({ input: stream })) {
    const hereAtMs = performance.timeOrigin + performance.now();
    const stamp = /"text":"(\d+(?:\.\d+)?) /.exec(line)?.[1];
    if (stamp !== undefined) times.push({ writtenAtMs: Number(stamp), hereAtMs });
  }
  return times;
}

export interface MessageTimes {
  readonly writtenAtMs: number;
  readonly hereAtMs: number;
}
