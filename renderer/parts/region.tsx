import { type ReactNode, useEffect, useId, useState } from 'react';
import { failureOf } from '../api/request-error.ts';
import { FailureNote } from './failure-note.tsx';

interface RegionProps {
  readonly heading: string;
  /** Beside the heading: a count, an action. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a screen that answers one question. */
export function Region({ heading, aside, children }: RegionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-t border-line py-3 first:border-t-0 [h1+&]:border-t-0">
      <div className="flex items-baseline justify-between gap-4 pb-2">
        <h2 id={id}>{heading}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** What a query of TanStack has told so far, as far as a region needs it. */
export interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

interface AnswerProps<T> {
  readonly asked: Asked<T>;
  /** `the list of runs`. */
  readonly what: string;
  readonly children: (data: T) => ReactNode;
}

/** What was answered; the last answer stays while a newer one is on its way or cannot be had. */
export function Answer<T>({ asked, what, children }: AnswerProps<T>) {
  if (asked.data !== undefined) return children(asked.data);
  if (asked.error !== null) {
    return <FailureNote failure={failureOf(asked.error)} what={what} onRetry={() => void asked.refetch()} />;
  }
  return <Waiting what={what} />;
}

const QUIET_MS = 1000;
const LONG_MS = 5000;

/** Keeps the place free; says nothing in the first second, and what it waits for from the fifth on. */
function Waiting({ what }: { readonly what: string }) {
  const [stage, setStage] = useState(0);
  useEffect(() => {
    const timers = [QUIET_MS, LONG_MS].map((ms, index) => setTimeout(() => setStage(index + 1), ms));
    return () => {
      for (const timer of timers) clearTimeout(timer);
    };
  }, []);
  return (
    <p className="min-h-7 text-ink-3" role={stage === 0 ? undefined : 'status'} data-waiting="">
      {stage === 0 ? '' : stage === 1 ? 'Loading' : `Still waiting for ${what}`}
    </p>
  );
}
