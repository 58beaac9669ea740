import {
  Ban,
  CircleCheck,
  CirclePlay,
  CircleX,
  Clock,
  Hand,
  ListChecks,
  ListX,
  type LucideIcon,
  PackageOpen,
  RotateCcw,
  Send,
  ServerCrash,
  TimerOff,
  TriangleAlert,
  Unplug,
  Wrench,
} from 'lucide-react';
import { ownEntry } from './own-entry.ts';

/** Colour by meaning: what a state asks of whoever looks at it. */
export type Tone = 'idle' | 'live' | 'done' | 'warn' | 'you' | 'fail' | 'infra';

/** The mark at the left of a row: it tells the same as the colour, without it. */
export type Rail = 'dotted' | 'dashed' | 'solid' | 'double' | 'filled';

/** One state, one word, one icon: in rows, on cards, in notifications and in speech. */
export interface StateWords {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly tone: Tone;
  readonly rail: Rail;
  /** What is said instead of the label where it is heard and not seen. */
  readonly speech?: string;
}

const STEP_WORDS: Readonly<Record<string, StateWords>> = {
  pending: { label: 'Waiting', icon: Clock, tone: 'idle', rail: 'dotted' },
  dispatching: { label: 'Starting', icon: Send, tone: 'live', rail: 'dashed' },
  running: { label: 'Running', icon: CirclePlay, tone: 'live', rail: 'dashed' },
  collecting_artifacts: { label: 'Saving work', icon: PackageOpen, tone: 'live', rail: 'dashed' },
  validating: { label: 'Checking', icon: ListChecks, tone: 'live', rail: 'dashed' },
  completed: { label: 'Completed', icon: CircleCheck, tone: 'done', rail: 'solid' },
  completed_with_warnings: { label: 'Completed, warnings', icon: TriangleAlert, tone: 'warn', rail: 'solid' },
  needs_approval: {
    label: 'Needs approval',
    icon: Hand,
    tone: 'you',
    rail: 'filled',
    speech: 'waits for your decision',
  },
  needs_manual_attention: {
    label: 'Needs attention',
    icon: Wrench,
    tone: 'you',
    rail: 'filled',
    speech: 'waits for your action',
  },
  failed_retryable: { label: 'Failed, can retry', icon: RotateCcw, tone: 'fail', rail: 'double' },
  failed_terminal: { label: 'Failed', icon: CircleX, tone: 'fail', rail: 'double' },
  failed_validation: {
    label: 'Failed checks',
    icon: ListX,
    tone: 'fail',
    rail: 'double',
    speech: 'a required check failed',
  },
  failed_adapter: {
    label: 'Executor failed',
    icon: Unplug,
    tone: 'infra',
    rail: 'double',
    speech: 'executor failed, not the code',
  },
  failed_bridge: { label: 'Interrupted', icon: ServerCrash, tone: 'infra', rail: 'double' },
  timeout: { label: 'Timed out', icon: TimerOff, tone: 'fail', rail: 'double' },
  cancelled: { label: 'Cancelled', icon: Ban, tone: 'idle', rail: 'solid' },
};

const RUN_WORDS: Readonly<Record<string, StateWords>> = {
  created: { label: 'Created', icon: Clock, tone: 'idle', rail: 'dotted' },
  running: { label: 'Running', icon: CirclePlay, tone: 'live', rail: 'dashed' },
  paused_for_gate: {
    label: 'Paused for gate',
    icon: Hand,
    tone: 'you',
    rail: 'filled',
    speech: 'waits for your decision',
  },
  completed: { label: 'Completed', icon: CircleCheck, tone: 'done', rail: 'solid' },
  failed: { label: 'Failed', icon: CircleX, tone: 'fail', rail: 'double' },
  cancelled: { label: 'Cancelled', icon: Ban, tone: 'idle', rail: 'solid' },
};

const GATE_WORDS: Readonly<Record<string, StateWords>> = {
  pending: { label: 'Needs you', icon: Hand, tone: 'you', rail: 'filled', speech: 'waits for your decision' },
  approved: { label: 'Approved', icon: CircleCheck, tone: 'done', rail: 'solid' },
  rejected: { label: 'Rejected', icon: Ban, tone: 'idle', rail: 'solid' },
  expired: { label: 'Expired', icon: TimerOff, tone: 'idle', rail: 'solid' },
  withdrawn: { label: 'Withdrawn', icon: RotateCcw, tone: 'idle', rail: 'solid' },
};

const CHECK_WORDS: Readonly<Record<string, StateWords>> = {
  not_run: { label: 'Not run', icon: Clock, tone: 'idle', rail: 'dotted' },
  running: { label: 'Running', icon: CirclePlay, tone: 'live', rail: 'dashed' },
  passed: { label: 'Passed', icon: CircleCheck, tone: 'done', rail: 'solid' },
  failed: { label: 'Failed', icon: ListX, tone: 'fail', rail: 'double' },
  errored: { label: 'Errored', icon: Unplug, tone: 'infra', rail: 'double' },
};

export type Noun = 'step' | 'run' | 'attempt' | 'gate' | 'check';

const WORDS: Readonly<Record<Noun, Readonly<Record<string, StateWords>>>> = {
  step: STEP_WORDS,
  run: RUN_WORDS,
  attempt: STEP_WORDS,
  gate: GATE_WORDS,
  check: CHECK_WORDS,
};

/** A state that this page has no word for, of a newer daemon, is told by its own name. */
export const stateWords = (noun: Noun, state: string): StateWords =>
  ownEntry(WORDS[noun], state) ?? { label: state, icon: Clock, tone: 'idle', rail: 'dotted' };
