import { announce } from '../../app/announcements.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer, Region } from '../../parts/region.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { StateRow } from '../../parts/state-row.tsx';
import { When } from '../../parts/when.tsx';
import { plural } from '../../words/format-number.ts';
import { formatClock, formatDate } from '../../words/format-time.ts';
import { brokenSince, markAfter } from './broken-steps.ts';
import { useBrokenSteps } from './use-overview.ts';
import { useSeenMark } from './use-seen-mark.ts';

const SHOWN = 10;

/** What ended badly since this person looked, with why. */
export function Broken() {
  const steps = useBrokenSteps();
  const [seenMs, mark] = useSeenMark();
  const broken = brokenSince(steps.data ?? [], seenMs);
  const markSeen = (): void => {
    mark(markAfter(broken, seenMs));
    announce('Marked as seen');
  };
  return (
    <Region
      heading={`Broke since you looked${broken.length === 0 ? '' : ` ${broken.length}`}`}
      aside={broken.length === 0 ? null : <Button onClick={markSeen}>Mark seen</Button>}
    >
      <Answer asked={steps} what="what broke">
        {() =>
          broken.length === 0 ? (
            <EmptyNote>Nothing broke since {sinceText(seenMs)}.</EmptyNote>
          ) : (
            <>
              <RowList>
                {broken.slice(0, SHOWN).map((step) => (
                  <StateRow
                    key={step.id}
                    noun="step"
                    state={step.state}
                    title={step.title || step.id}
                    href={`/steps/${step.id}`}
                    detail={<SeenText text={step.statusReason} />}
                    figure={<When atMs={step.updatedAtMs} />}
                  />
                ))}
              </RowList>
              {broken.length > SHOWN ? (
                <p className="py-1.5 text-ink-2">
                  And {plural(broken.length - SHOWN, 'more', 'more')}, older than these.
                </p>
              ) : null}
            </>
          )
        }
      </Answer>
    </Region>
  );
}

const sinceText = (atMs: number): string => `${formatDate(atMs)}, ${formatClock(atMs)}`;
