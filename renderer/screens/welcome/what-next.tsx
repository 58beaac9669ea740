import { Link } from 'wouter';

interface WhatNextProps {
  readonly stepId: string;
  readonly runId: string;
}

/** The ways on, nearest first. */
export const WhatNext = ({ stepId, runId }: WhatNextProps) => {
  const step = `/steps/${encodeURIComponent(stepId)}`;
  const ways = [
    { to: step, label: 'Read its result', why: 'what was measured, and what the program says' },
    { to: `${step}/changes`, label: 'See what it changed', why: 'one file; nothing of it is in your checkout' },
    {
      to: `${step}/provenance`,
      label: 'See where it came from',
      why: 'what was asked, word for word, and on which commit',
    },
    { to: '/salvage', label: 'Let go of its work', why: 'or keep it: it takes no room to speak of' },
    { to: `/runs/${encodeURIComponent(runId)}`, label: 'Open its run', why: 'with its events and its time line' },
    { to: '/executors', label: 'Choose a coding agent', why: 'who is installed and signed in' },
    { to: '/help/submitting', label: 'Hand over a task of your own', why: 'from a file, a prompt or a program' },
  ];
  return (
    <>
      <h3 className="pt-2 font-semibold">What next</h3>
      <ul>
        {ways.map(({ to, label, why }) => (
          <li key={to}>
            <Link href={to} className="inline-flex min-h-7 items-center text-accent">
              {label}
            </Link>
            <span className="text-ink-2">: {why}</span>
          </li>
        ))}
      </ul>
    </>
  );
};
