import type { ClientFailure } from '../../contract/client/client-failure.ts';
import { failureWords } from '../words/failure-words.ts';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';

interface FailureNoteProps {
  readonly failure: ClientFailure | null;
  /** What stays without an answer: `the list of runs`. */
  readonly what: string;
  readonly onRetry?: (() => void) | undefined;
}

/** In the place of what could not be shown: cause, effect, next step. */
export function FailureNote({ failure, what, onRetry }: FailureNoteProps) {
  const { cause, next, details } = failureWords(failure);
  return (
    <div className="border-l-4 border-double border-fail bg-panel p-3">
      <p className="font-semibold">{cause}</p>
      <p className="text-ink-2">
        So {what} cannot be shown. {next}
      </p>
      {details === '' ? null : (
        <details className="mt-2 text-ink-2">
          <summary>Details</summary>
          <pre className="whitespace-pre-wrap">{details}</pre>
        </details>
      )}
      <div className="mt-2 flex gap-2">
        {onRetry === undefined ? null : <Button onClick={onRetry}>Try again</Button>}
        {details === '' ? null : <Button onClick={() => void copyText(details, 'details')}>Copy details</Button>}
      </div>
    </div>
  );
}
