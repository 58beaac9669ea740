import { formatCount } from '../../words/format-number.ts';

interface LineCountsProps {
  readonly additions: number | null;
  readonly deletions: number | null;
}

/** `+212 −48`; nothing where lines are not counted. */
export const LineCounts = ({ additions, deletions }: LineCountsProps) =>
  additions === null || deletions === null ? null : (
    <span className="font-mono text-log whitespace-nowrap">
      <span className="text-done">+{formatCount(additions)}</span>{' '}
      <span className="text-fail">-{formatCount(deletions)}</span>
      <span className="sr-only"> lines</span>
    </span>
  );
