import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { DialogueEnd, Line, Spoken } from './json-lines.ts';

export interface Part extends Spoken {
  readonly prompt: string;
  /** What the person says to every question for permission. */
  readonly answer: 'allow' | 'reject';
  /** Cancels the turn as soon as this file exists; null for never. */
  readonly cancelAtFile: string | null;
}

export interface Played {
  readonly lines: readonly Line[];
  readonly end: DialogueEnd;
}

const LOOK_AGAIN_MS = 50;

/** Runs `cancel` once the file exists; ends by itself when `signal` says so. */
export async function whenThere(file: string | null, signal: AbortSignal, cancel: () => void): Promise<void> {
  if (file === null) return;
  while (!signal.aborted && !existsSync(file)) await delay(LOOK_AGAIN_MS);
  if (!signal.aborted) cancel();
}
