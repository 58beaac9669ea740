import { Link } from 'wouter';
import { joinClasses } from '../../parts/join-classes.ts';
import { INBOX_HEADING } from './focus-heading.ts';
import { type InboxView, inboxAddress } from './inbox-address.ts';

const SHOWN = [
  { show: 'waiting', label: 'Waiting' },
  { show: 'closed', label: 'Recently closed' },
] as const;

/** Which gates are listed; the address says so, too. */
export function InboxHead({ view }: { readonly view: InboxView }) {
  return (
    <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1 pb-2">
      <h1 id={INBOX_HEADING} tabIndex={-1} className="grow">
        Inbox
      </h1>
      <nav aria-label="Which gates" className="flex gap-1">
        {SHOWN.map(({ show, label }) => (
          <Link
            key={show}
            href={inboxAddress({ ...view, show }, '')}
            aria-current={view.show === show ? 'true' : undefined}
            className={joinClasses(
              'inline-flex min-h-6 items-center rounded-md px-2 hover:bg-hover',
              view.show === show ? 'bg-selected font-semibold' : 'text-accent',
            )}
          >
            {label}
          </Link>
        ))}
      </nav>
      {view.runId === '' ? null : (
        <p className="w-full text-ink-2">
          Only of run {view.runId}.{' '}
          <Link className="text-accent underline" href={inboxAddress({ ...view, runId: '' }, '')}>
            Clear filter
          </Link>
        </p>
      )}
    </header>
  );
}
