import type { EventFilter } from '../../contract/client/event-routes.ts';

/** What who waits sees of it, on stderr. */
export interface WaitProgress {
  /** One look at the daemon that brought no end. */
  readonly looked: () => void;
  /** Text with its line breaks, as it goes behind dots. */
  readonly say: (text: string) => void;
  readonly stop: () => void;
}

export interface ProgressSubject {
  /** `step s1`: for people. */
  readonly name: string;
  readonly events: EventFilter;
}
