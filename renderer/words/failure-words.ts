import type { ClientFailure } from '../../contract/client/client-failure.ts';

/** Cause, and what to do next. */
export interface FailureWords {
  readonly cause: string;
  readonly next: string;
  /** As it was told: shown when it is asked for. */
  readonly details: string;
}

export function failureWords(failure: ClientFailure | null): FailureWords {
  if (failure === null) {
    return { cause: 'This part of the page stopped.', next: 'Reload the page.', details: '' };
  }
  switch (failure.kind) {
    case 'unreachable':
      return {
        cause: 'The daemon does not answer.',
        next: 'This page tries again by itself. Nothing that was accepted is lost.',
        details: `${failure.method} ${failure.url}: ${failure.cause} ${failure.detail}`,
      };
    case 'refused':
      return {
        cause: sentence(failure.message),
        next: NEXT.get(failure.code ?? '') ?? '',
        details: `${failure.status} ${failure.code ?? ''} ${failure.message}`,
      };
    case 'unreadable':
      return {
        cause: 'The daemon answered with something that this page cannot read.',
        next: 'Reload the page: a newer daemon brings a newer page.',
        details: `${failure.status}: ${failure.detail}`,
      };
    case 'aborted':
      return { cause: 'Stopped before it was answered.', next: 'Try again.', details: '' };
  }
}

const NEXT: ReadonlyMap<string, string> = new Map([
  ['unauthorized', 'Run "codencer open" where the daemon runs: it makes a new link.'],
  ['starting', 'It is starting. This page tries again by itself.'],
  ['shutting_down', 'It is stopping. This page comes back with it.'],
  ['rate_limited', 'Wait a moment, then try again.'],
  ['forbidden_executor', 'A person has to decide this, not a process of an attempt.'],
]);

/** A name at the beginning (`timeout_seconds: …`) stays as it is written. */
const sentence = (text: string): string => {
  const trimmed = text.trim();
  const startsWithName = /^\S*[_:]/.test(trimmed);
  const capital = startsWithName ? trimmed : trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
};
