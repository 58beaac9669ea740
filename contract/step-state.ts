import { z } from 'zod';

/** Where a step stands. The names and what they mean to a waiting client are inherited (wire contract v1). */
export const STEP_STATES = [
  'pending',
  'dispatching',
  'running',
  'collecting_artifacts',
  'validating',
  'needs_approval',
  'needs_manual_attention',
  'completed',
  'completed_with_warnings',
  'failed_retryable',
  'failed_terminal',
  'failed_validation',
  'failed_adapter',
  'failed_bridge',
  'timeout',
  'cancelled',
] as const;

export const StepState = z.enum(STEP_STATES);
export type StepState = z.infer<typeof StepState>;

/** States in which nothing more happens by itself. `needs_approval` and `needs_manual_attention` wait for a person. */
export const TERMINAL_STEP_STATES = [
  'completed',
  'completed_with_warnings',
  'failed_retryable',
  'failed_terminal',
  'failed_validation',
  'failed_adapter',
  'failed_bridge',
  'timeout',
  'cancelled',
] as const satisfies readonly StepState[];

export type TerminalStepState = (typeof TERMINAL_STEP_STATES)[number];

const terminal: ReadonlySet<StepState> = new Set(TERMINAL_STEP_STATES);
export const isTerminalStep = (state: StepState): state is TerminalStepState => terminal.has(state);

const IN_FLIGHT = ['dispatching', 'running', 'collecting_artifacts', 'validating'] as const;
const inFlight: ReadonlySet<StepState> = new Set(IN_FLIGHT);

/** An attempt of the step is being worked on. */
export const isStepInFlight = (state: StepState): boolean => inFlight.has(state);

export const isStepSuccess = (state: StepState): boolean =>
  state === 'completed' || state === 'completed_with_warnings';

/** How a step in flight may end at any moment. */
const EARLY_ENDS = ['failed_terminal', 'failed_adapter', 'failed_bridge', 'timeout', 'cancelled'] as const;

/** What a person may declare with `step resolve`. */
export const RESOLVABLE_STATES = [
  'completed',
  'completed_with_warnings',
  'failed_terminal',
  'failed_validation',
  'failed_adapter',
  'failed_bridge',
  'timeout',
  'cancelled',
] as const satisfies readonly StepState[];

/**
 * Every move that the machine may make. Between attempts a step is `pending`, so each in-flight state may go back to it.
 * `failed_retryable` stays readable (inherited records and clients know it) but nothing here enters it.
 */
export const STEP_TRANSITIONS: Readonly<Record<StepState, readonly StepState[]>> = {
  pending: ['dispatching', 'cancelled', 'needs_manual_attention'],
  dispatching: ['running', 'pending', 'needs_manual_attention', ...EARLY_ENDS],
  running: ['collecting_artifacts', 'needs_approval', 'pending', 'needs_manual_attention', ...EARLY_ENDS],
  collecting_artifacts: [
    'validating',
    'completed',
    'completed_with_warnings',
    'needs_approval',
    'pending',
    'needs_manual_attention',
    ...EARLY_ENDS,
  ],
  validating: [
    'completed',
    'completed_with_warnings',
    'needs_approval',
    'pending',
    'needs_manual_attention',
    'failed_validation',
    ...EARLY_ENDS,
  ],
  needs_approval: [
    'running',
    'completed',
    'completed_with_warnings',
    'pending',
    'needs_manual_attention',
    ...EARLY_ENDS,
  ],
  needs_manual_attention: ['cancelled'],
  completed: [],
  completed_with_warnings: [],
  failed_retryable: [],
  failed_terminal: [],
  failed_validation: [],
  failed_adapter: [],
  failed_bridge: [],
  timeout: [],
  cancelled: [],
};

/** Who moves a step: the machine by its rules, or a person by `retry` and `resolve`. */
export type StepMove =
  | { readonly by: 'machine'; readonly to: StepState }
  | { readonly by: 'retry'; readonly to: 'pending' }
  | { readonly by: 'resolve'; readonly to: StepState };

/** Whether a step in `from` may make the move. A person re-opens or restates only what ended or needs attention. */
export function canMoveStep(from: StepState, move: StepMove): boolean {
  if (move.by === 'machine') return STEP_TRANSITIONS[from].includes(move.to);
  const isSettled = isTerminalStep(from) || from === 'needs_manual_attention';
  if (move.by === 'retry') return isSettled;
  return isSettled && from !== move.to && RESOLVABLE_STATES.some((state) => state === move.to);
}
