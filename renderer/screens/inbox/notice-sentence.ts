import { formatClock } from '../../words/format-time.ts';
import { closedSentence } from '../../words/gate-words.ts';
import type { DecisionState } from './decision-state.ts';

/** What the card cannot know by itself. */
export interface Around {
  readonly isConnected: boolean;
  /** This window decided it, together with others. */
  readonly isOwn: boolean;
}

/** What a person is told of the card's state beyond its buttons. Empty: nothing. */
export function noticeSentence({ phase, notice, gate }: DecisionState, { isConnected, isOwn }: Around): string {
  if (phase.kind === 'closed') return closedSentence(gate, isOwn ? 'own' : phase.wasOpen ? 'elsewhere' : 'unseen');
  if (phase.kind === 'decided') return gate.state === 'pending' ? 'Decided.' : closedSentence(gate, 'own');
  if (phase.kind === 'unclear') return phase.mayCount ? 'No answer yet. Checking the record.' : 'Reading the record.';
  if (!isConnected) return 'You can read, not decide, until connected.';
  switch (notice?.kind) {
    case 'changed':
      return `The request changed ${formatClock(notice.atMs)}. What you read no longer counts.`;
    case 'not-sent':
      return `Not sent. The gate still waits. ${notice.cause}`;
    case 'attempt-asked':
      return 'An attempt cannot decide its own gate.';
    case undefined:
      return '';
  }
}
