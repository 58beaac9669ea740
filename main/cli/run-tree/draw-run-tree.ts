import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { formatElapsed } from '../format-time.ts';
import { stepExit } from '../state-exits.ts';
import { gateTone, runTone, stepTone } from '../state-tone.ts';
import { oneLine } from '../terminal.ts';
import type { TreeNode } from '../text-tree.ts';
import type { PhaseBranch, RunTree, StepBranch } from './read-run-tree.ts';

/** A run as a tree of what is in it: each with its state, how long it took so far, and why it is where it is. */
export function drawRunTree({ run, phases }: RunTree, nowMs: number): TreeNode {
  const { id, state, projectId, createdAtMs, updatedAtMs } = run.view;
  const endMs = state === 'running' || state === 'paused_for_gate' ? nowMs : updatedAtMs;
  return {
    text: join([`run ${id}`, state, elapsed(createdAtMs, endMs), oneLine(projectId)]),
    state: { word: state, tone: runTone(state) },
    children: phases.map((branch) => phaseNode(branch, nowMs)),
  };
}

const phaseNode = ({ phase, steps }: PhaseBranch, nowMs: number): TreeNode => ({
  text: join([`phase ${phase.view.id}`, oneLine(phase.view.name), steps.length === 0 ? 'no steps' : '']),
  children: steps.map((branch) => stepNode(branch, nowMs)),
});

function stepNode({ step, attempts, gates }: StepBranch, nowMs: number): TreeNode {
  const { id, state, title, statusReason, createdAtMs, updatedAtMs } = step.view;
  const endMs = stepExit(state) === null ? nowMs : updatedAtMs;
  return {
    text: join([`step ${id}`, state, elapsed(createdAtMs, endMs), oneLine(title)]),
    state: { word: state, tone: stepTone(state) },
    children: [
      ...(statusReason === '' ? [] : [{ text: `why: ${oneLine(statusReason)}` }]),
      ...attempts.map(({ view }) => attemptNode(view, nowMs)),
      ...gates.map(({ view }) => gateNode(view, nowMs)),
    ],
  };
}

const attemptNode = (attempt: ClientAttempt, nowMs: number): TreeNode => ({
  text: join([
    `attempt ${attempt.number}`,
    attempt.state,
    elapsed(attempt.startedAtMs, attempt.endedAtMs ?? nowMs),
    attempt.executor,
    attempt.failureClass === '' ? '' : `${attempt.failureClass}: ${oneLine(attempt.summary)}`,
  ]),
  state: { word: attempt.state, tone: stepTone(attempt.state) },
});

const gateNode = (gate: ClientGate, nowMs: number): TreeNode => ({
  text: join([
    `gate ${gate.id}`,
    gate.state,
    elapsed(gate.createdAtMs, gate.resolvedAtMs ?? nowMs),
    gate.decidedBy === ''
      ? oneLine(gate.description)
      : `by ${oneLine(gate.decidedBy)} ${oneLine(gate.reason)}`.trimEnd(),
  ]),
  state: { word: gate.state, tone: gateTone(gate.state) },
});

const join = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('  ');

const elapsed = (fromMs: number | null, toMs: number | null): string =>
  fromMs === null || toMs === null ? '' : formatElapsed(Math.max(0, toMs - fromMs));
