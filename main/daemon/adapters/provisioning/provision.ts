import type { Provisioning } from '../../../../contract/records.ts';
import { copyTree } from './copy-tree.ts';
import { linkPath } from './link-path.ts';
import type { ProvisioningPlaces } from './provisioning-source.ts';
import { type ProvisioningPlan, readProvisioningPlan } from './read-plan.ts';

/** How a hook ended. What it printed has passed the redactor and is bounded. */
export interface HookEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  readonly output: string;
}

export interface HookRun {
  /** One line for `/bin/sh -c`. */
  readonly command: string;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface ProvisioningOrder extends ProvisioningPlaces {
  readonly environment: Readonly<Record<string, string>>;
  readonly hookTimeoutMs: number;
  readonly signal: AbortSignal;
  readonly clock: () => number;
  /** Takes secrets out of what the record tells of the hook's command. */
  readonly redact: (text: string) => string;
  /** A hook that cannot be started at all answers with the sentence. */
  readonly runHook: (run: HookRun) => Promise<HookEnd | { readonly sentence: string }>;
}

/** Prepares a worktree as the repository declares it: copies, links, then the hook. The first failure ends it. */
export async function provisionWorktree(order: ProvisioningOrder): Promise<Provisioning> {
  const startedAtMs = order.clock();
  const plan = await readProvisioningPlan(order.repoRoot);
  const progress: Progress = { log: [], environmentFiles: [], symlinks: [] };
  const outcome = plan.ok ? await carryOut(plan.value, { order, progress }) : { sentence: plan.error };
  return {
    success: outcome.sentence === null,
    summary: outcome.sentence ?? '',
    ...progress,
    ...(outcome.hookStatus === undefined ? {} : { hookStatus: outcome.hookStatus }),
    ...(outcome.hookStatus === undefined || !plan.ok || plan.value.postCreate === null
      ? {}
      : { postCreateHook: order.redact(plan.value.postCreate) }),
    durationMs: Math.max(0, Math.round(order.clock() - startedAtMs)),
  };
}

interface Progress {
  readonly log: string[];
  readonly environmentFiles: string[];
  readonly symlinks: string[];
}

interface Work {
  readonly order: ProvisioningOrder;
  readonly progress: Progress;
}

interface Outcome {
  /** Null: all is well. */
  readonly sentence: string | null;
  /** Set when the hook was started. */
  readonly hookStatus?: 'success' | 'failed';
}

async function carryOut(plan: ProvisioningPlan, work: Work): Promise<Outcome> {
  const sentence = (await copyAll(plan.copy, work)) ?? (await linkAll(plan.symlinks, work));
  if (sentence !== null) return { sentence };
  return plan.postCreate === null ? { sentence: null } : runHook(plan.postCreate, work);
}

async function copyAll(paths: readonly string[], { order, progress }: Work): Promise<string | null> {
  for (const path of paths) {
    if (order.signal.aborted) return STOPPED;
    progress.log.push(`[COPY] ${path}`);
    const copied = await copyTree({ ...order, path });
    if (!copied.ok) return `Copy failed: ${copied.error.sentence}`;
    progress.log.push(...copied.value.map((left) => `not copied, as it is neither file, folder nor link: ${left}`));
    progress.environmentFiles.push(path);
  }
  return null;
}

async function linkAll(paths: readonly string[], { order, progress }: Work): Promise<string | null> {
  for (const path of paths) {
    if (order.signal.aborted) return STOPPED;
    progress.log.push(`[SYMLINK] ${path}`);
    const linked = await linkPath({ ...order, path });
    if (!linked.ok) return `Symlink failed: ${linked.error.sentence}`;
    progress.symlinks.push(path);
  }
  return null;
}

const STOPPED = 'Provisioning was stopped before it was done';

async function runHook(command: string, { order, progress }: Work): Promise<Outcome> {
  if (order.signal.aborted) return { sentence: STOPPED };
  progress.log.push(`[HOOK] ${order.redact(command)}`);
  const { environment, hookTimeoutMs, signal, worktree } = order;
  const end = await order.runHook({ command, cwd: worktree, environment, timeoutMs: hookTimeoutMs, signal });
  if ('sentence' in end) return { sentence: `Hook failed: ${end.sentence}`, hookStatus: 'failed' };
  if (end.output !== '') progress.log.push(end.output);
  const why = whyHookFailed(end, order);
  return why === null ? { sentence: null, hookStatus: 'success' } : { sentence: why, hookStatus: 'failed' };
}

function whyHookFailed({ exitCode, signal, timedOut }: HookEnd, order: ProvisioningOrder): string | null {
  if (order.signal.aborted) return STOPPED;
  if (timedOut) return `Hook failed: it took longer than ${order.hookTimeoutMs / 1000} seconds`;
  if (exitCode === null) return `Hook failed: ${signal ?? 'an unknown signal'} ended it`;
  return exitCode === 0 ? null : `Hook failed: exit code ${exitCode}`;
}
