import { FirstRunNote } from '../welcome/first-run-note.tsx';
import { Broken } from './broken-region.tsx';
import { NeedsYou } from './needs-you-region.tsx';
import { Running } from './running-region.tsx';
import { isWorking } from './slow-attempts.ts';
import { Slow } from './slow-region.tsx';
import { Trust } from './trust-region.tsx';
import { useLiveOverview } from './use-overview.ts';

/** What needs me, what runs, what broke and why, whether I can trust it. */
export function Overview() {
  const overview = useLiveOverview();
  return (
    <>
      <h1 className="sr-only">Overview</h1>
      <FirstRunNote overview={overview.data} />
      <NeedsYou runningCount={overview.data?.running.filter(isWorking).length ?? 0} />
      <Running overview={overview} />
      <Broken />
      <Slow overview={overview.data} />
      <Trust overview={overview} />
    </>
  );
}
