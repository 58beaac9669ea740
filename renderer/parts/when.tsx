import { usePreferences } from '../app/preferences.ts';
import { formatAge, formatDuration, formatExact, formatMoment } from '../words/format-time.ts';
import { useTicking } from './use-now.ts';

/** How long ago, with the exact time on hover and for who listens; only the exact one for who likes it so. */
export function When({ atMs }: { readonly atMs: number | null }) {
  const isExact = usePreferences(({ showsExactTimes }) => showsExactTimes);
  const text = useTicking((nowMs) => {
    if (atMs === null) return '';
    return isExact ? formatMoment(atMs) : formatAge(atMs, nowMs);
  });
  if (atMs === null) return <span className="text-ink-3">not told</span>;
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatExact(atMs)} className="whitespace-nowrap">
      {text}
    </time>
  );
}

/** How long something lasts, ticking until it ends. */
export function Lasting({ fromMs, toMs }: { readonly fromMs: number | null; readonly toMs: number | null }) {
  const text = useTicking((nowMs) => (fromMs === null ? '' : formatDuration((toMs ?? nowMs) - fromMs)));
  return <span className="whitespace-nowrap font-mono text-log">{text}</span>;
}
