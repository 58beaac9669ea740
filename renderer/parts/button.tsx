import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { joinClasses } from './join-classes.ts';

/** `you` is the one filled colour of the page: only what somebody waits for has it. */
export type ButtonLook = 'plain' | 'ink' | 'you' | 'risky' | 'bare';

const LOOK: Readonly<Record<ButtonLook, string>> = {
  plain: 'border border-edge bg-panel text-ink hover:bg-hover',
  // System colours already: the browser's ground under each text would hide it.
  ink: 'forced-color-adjust-none border border-ink bg-ink text-on-ink hover:opacity-90',
  you: 'border border-you bg-amber text-on-amber hover:opacity-90',
  risky: 'border border-fail bg-panel text-fail hover:bg-hover',
  bare: 'text-accent hover:bg-hover',
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: ButtonLook;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

export const Button = ({ look = 'plain', className, type = 'button', ...rest }: ButtonProps) => (
  <button
    type={type}
    className={joinClasses(
      'inline-flex min-h-7 items-center gap-1.5 rounded-md px-2.5 whitespace-nowrap aria-disabled:opacity-60 disabled:opacity-60',
      LOOK[look],
      className,
    )}
    {...rest}
  />
);
