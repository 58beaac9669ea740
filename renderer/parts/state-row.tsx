import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type Noun, stateWords } from '../words/states.ts';
import { Rail } from './rail.tsx';
import { SeenText } from './seen-text.tsx';
import { StateMark } from './state-mark.tsx';
import { useRowHeight } from './use-row-height.ts';

interface StateRowProps {
  readonly noun: Noun;
  readonly state: string;
  /** Instead of the state's label, where more is known. */
  readonly stateText?: string | undefined;
  readonly title: string;
  readonly href: string;
  /** Beside the title, cut where there is no room. */
  readonly detail?: ReactNode;
  /** At the right, in a column of its own. */
  readonly figure?: ReactNode;
  readonly action?: ReactNode;
}

/** A row of a short list: rail, state, what it is, what is known of it, since when, what to do. */
export const StateRow = (props: StateRowProps) => {
  const { noun, state, stateText, title, href, detail, figure, action } = props;
  const minHeight = useRowHeight();
  const { rail, tone } = stateWords(noun, state);
  return (
    <li style={{ minHeight }} className="flex items-center gap-3 border-b border-line pr-1 hover:bg-hover">
      <Rail rail={rail} tone={tone} />
      <span className="w-32 shrink-0 truncate wide:w-40">
        <StateMark noun={noun} state={state} text={stateText} />
      </span>
      <Link href={href} data-row-link="" className="w-40 shrink-0 truncate font-semibold hover:underline wide:w-64">
        <SeenText text={title} />
      </Link>
      <span className="min-w-0 grow truncate text-ink-2">{detail}</span>
      <span className="min-w-16 shrink-0 text-right">{figure}</span>
      {action}
    </li>
  );
};
