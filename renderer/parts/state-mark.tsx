import { type Noun, stateWords, type Tone } from '../words/states.ts';
import { joinClasses } from './join-classes.ts';

export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  idle: 'text-idle',
  live: 'text-live',
  done: 'text-done',
  warn: 'text-warn',
  you: 'text-you',
  fail: 'text-fail',
  infra: 'text-infra',
};

interface StateMarkProps {
  readonly noun: Noun;
  readonly state: string;
  /** Instead of the label, where more is known: `Checking 2 of 5`. */
  readonly text?: string | undefined;
}

/** A state as icon and word, in the colour of what it asks for. */
export function StateMark({ noun, state, text }: StateMarkProps) {
  const { label, icon: Icon, tone, speech } = stateWords(noun, state);
  return (
    <span
      className={joinClasses('inline-flex items-center gap-1 align-middle whitespace-nowrap', TONE_TEXT[tone])}
      data-state={state}
    >
      <Icon aria-hidden size={16} strokeWidth={1.62} className="shrink-0" />
      <span>{text ?? label}</span>
      {speech === undefined ? null : <span className="sr-only">, {speech}</span>}
    </span>
  );
}
