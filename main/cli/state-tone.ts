import type { GateState } from '../../contract/gate-state.ts';
import type { RunState } from '../../contract/run-state.ts';
import type { StepState } from '../../contract/step-state.ts';
import type { Screen } from './terminal.ts';

/** What a state means to who looks at it: nothing happens, at work, well, well but, waits for somebody, failed, broken. */
export type Tone = 'idle' | 'live' | 'done' | 'warn' | 'you' | 'fail' | 'infra';

const CODES: Readonly<Record<Tone, string>> = {
  idle: '2',
  live: '36',
  done: '32',
  warn: '33',
  you: '1;33',
  fail: '31',
  infra: '35',
};

/** The text in the colour of its meaning. The colour only repeats what the words say. */
export const paint = ({ hasColor }: Screen, tone: Tone | null, text: string): string =>
  hasColor && tone !== null && text !== '' ? `\x1b[${CODES[tone]}m${text}\x1b[0m` : text;

/** Of steps and attempts. */
const STEP_TONES: Readonly<Record<StepState, Tone>> = {
  pending: 'idle',
  dispatching: 'live',
  running: 'live',
  collecting_artifacts: 'live',
  validating: 'live',
  needs_approval: 'you',
  needs_manual_attention: 'you',
  completed: 'done',
  completed_with_warnings: 'warn',
  failed_retryable: 'fail',
  failed_terminal: 'fail',
  failed_validation: 'fail',
  failed_adapter: 'infra',
  failed_bridge: 'infra',
  timeout: 'fail',
  cancelled: 'idle',
};

const RUN_TONES: Readonly<Record<RunState, Tone>> = {
  created: 'idle',
  running: 'live',
  paused_for_gate: 'you',
  completed: 'done',
  failed: 'fail',
  cancelled: 'idle',
};

const GATE_TONES: Readonly<Record<GateState, Tone>> = {
  pending: 'you',
  approved: 'done',
  rejected: 'fail',
  expired: 'idle',
  withdrawn: 'idle',
};

const stepTones: ReadonlyMap<string, Tone> = new Map(Object.entries(STEP_TONES));
const runTones: ReadonlyMap<string, Tone> = new Map(Object.entries(RUN_TONES));
const gateTones: ReadonlyMap<string, Tone> = new Map(Object.entries(GATE_TONES));

/** A state that this program does not know has no colour. */
export const stepTone = (state: string): Tone | null => stepTones.get(state) ?? null;
export const runTone = (state: string): Tone | null => runTones.get(state) ?? null;
export const gateTone = (state: string): Tone | null => gateTones.get(state) ?? null;
