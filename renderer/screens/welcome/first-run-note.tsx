import { Link } from 'wouter';
import type { ClientOverview } from '../../../contract/client/client-overview.ts';

/** Where somebody who has no run yet begins. */
export const FirstRunNote = ({ overview }: { readonly overview: ClientOverview | undefined }) =>
  overview === undefined || Object.values(overview.runs).some((count) => count > 0) ? null : (
    <p className="py-3">
      There is no run yet.{' '}
      <Link href="/welcome" className="text-accent underline">
        Start with a sample run
      </Link>
      : less than a minute, and your checkout stays as it is.
    </p>
  );
