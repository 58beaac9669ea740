import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';

interface FoldProps {
  readonly isOpen: boolean;
  readonly onFold: (isOpen: boolean) => void;
  readonly summary: ReactNode;
  readonly children: ReactNode;
}

/** A line that opens what belongs to it. */
export function Fold({ isOpen, onFold, summary, children }: FoldProps) {
  const id = useId();
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        className="flex min-h-6 w-full min-w-0 items-center gap-2 text-left hover:bg-hover"
        onClick={() => onFold(!isOpen)}
      >
        <Icon aria-hidden size={16} strokeWidth={1.62} className="shrink-0 text-ink-3" />
        {summary}
      </button>
      {isOpen ? (
        <div id={id} className="pt-1 pl-6">
          {children}
        </div>
      ) : null}
    </>
  );
}
