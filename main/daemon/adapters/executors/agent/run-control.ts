import type { RunningProcess } from '../../process/supervise.ts';
import type { StopReason } from '../executor.ts';
import type { AgentInput, Conversation } from './agent.ts';
import type { Tracker } from './tracker.ts';

/** A program that runs, and everybody who has to do with its end. */
export interface Attached {
  readonly process: Pick<RunningProcess, 'stop'>;
  readonly input: AgentInput;
  readonly conversation: Pick<Conversation, 'interrupt'>;
  readonly tracker: Pick<Tracker, 'facts' | 'tripped' | 'cancelQuestions'>;
}

export interface RunControl {
  /** What was asked for before is done now. */
  readonly attach: (attached: Attached) => void;
  readonly stop: (reason: StopReason) => void;
  /** The work is done: the program is left to end by itself, for a while. */
  readonly finish: () => void;
  readonly endForTrip: () => void;
  /** Who asked for the end before the agent had told its own and before anything else ended it; null: nobody. */
  readonly stoppedFor: () => StopReason | null;
  readonly dispose: () => void;
}

/** How long an agent may take to end by its protocol before it gets signals. */
const PROTOCOL_GRACE_MS = 700;
/** How long a program may stay after its work is done. */
const FINISH_GRACE_MS = 2000;

/** The ways in which a run is brought to its end (AGENT-8 to AGENT-11). */
export function createRunControl(): RunControl {
  let attached: Attached | null = null;
  let stoppedFor: StopReason | null = null;
  let wanted: 'finish' | 'end' | null = null;
  let timer: NodeJS.Timeout | undefined;

  const endIn = (delayMs: number, reason: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => void attached?.process.stop(reason), delayMs);
  };
  const end = (reason: string) => {
    wanted = 'end';
    if (attached === null) return;
    const { conversation, tracker, process } = attached;
    tracker.cancelQuestions();
    if (conversation.interrupt === undefined) {
      void process.stop(reason);
      return;
    }
    conversation.interrupt();
    endIn(PROTOCOL_GRACE_MS, reason);
  };
  const finish = () => {
    attached?.input.end();
    if (wanted === 'end') return;
    wanted = 'finish';
    // Who says again and again that it is done gets no more time by that.
    if (attached !== null && timer === undefined) endIn(FINISH_GRACE_MS, 'finished');
  };
  const hasEndOfItsOwn = () =>
    attached !== null && (attached.tracker.facts().terminal !== null || attached.tracker.tripped() !== null);
  return {
    attach(now) {
      attached = now;
      if (wanted === 'end') end(stoppedFor ?? 'watchdog');
      if (wanted === 'finish') finish();
    },
    stop(reason) {
      if (wanted === 'end') return;
      if (!hasEndOfItsOwn()) stoppedFor = reason;
      end(reason);
    },
    finish,
    endForTrip: () => end('watchdog'),
    stoppedFor: () => stoppedFor,
    dispose: () => clearTimeout(timer),
  };
}
