import type { ReactNode } from 'react';
import type { ClientFailure } from '../../contract/client/client-failure.ts';
import { failureWords } from '../words/failure-words.ts';

/** What is seen instead of the dashboard by who is not in. */
export function DoorPage({ failure }: { readonly failure: ClientFailure | null }) {
  if (failure === null) {
    return (
      <Plain heading="This page needs a link">
        <p>A link lets one window in, once. Run this where the daemon runs; it makes a new one and opens it:</p>
        <Command />
      </Plain>
    );
  }
  if (failure.kind === 'refused') {
    return (
      <Plain heading="This link was used, or is too old">
        <p>A link lets one window in, once, within five minutes. Make a new one where the daemon runs:</p>
        <Command />
      </Plain>
    );
  }
  const { cause, next } = failureWords(failure);
  return (
    <Plain heading={cause}>
      <p>{next}</p>
    </Plain>
  );
}

const Command = () => <pre className="mt-2 border border-line bg-sunken p-3">codencer open</pre>;

const Plain = ({ heading, children }: { readonly heading: string; readonly children: ReactNode }) => (
  <main className="mx-auto max-w-xl p-8">
    <h1>{heading}</h1>
    {children}
  </main>
);
