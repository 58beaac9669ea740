import type { TextareaHTMLAttributes } from 'react';
import { joinClasses } from './join-classes.ts';

interface TextAreaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange' | 'value'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A text of several lines. */
export const TextArea = ({ onChange, className, ...rest }: TextAreaProps) => (
  <textarea
    className={joinClasses('min-h-7 w-full rounded-md border border-edge bg-panel px-2 py-1 text-ink', className)}
    onChange={(event) => onChange(event.target.value)}
    {...rest}
  />
);
