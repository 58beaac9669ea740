import type { ClientFailure } from '../../contract/client/client-failure.ts';
import { failureWords } from '../words/failure-words.ts';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';

/** Of something to be read: what stays without an answer, `the list of runs`. Of a deed: what did not happen. */
type Effect = { readonly what: string } | { readonly effect: string };

type FailureNoteProps = Effect & {
  readonly failure: ClientFailure | null;
  readonly onRetry?: (() => void) | undefined;
};

/** In the place of what could not be shown: cause, effect, next step. */
export function FailureNote({ failure, onRetry, ...about }: FailureNoteProps) {
  const { cause, next, details } = failureWords(failure);
  return (
    <div className="border-l-4 border-double border-fail bg-panel p-3">
      <p className="font-semibold">{cause}</p>
      <p className="text-ink-2">
        {'what' in about ? `So ${about.what} cannot be shown.` : about.effect} {next}
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
