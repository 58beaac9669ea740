import type { InputHTMLAttributes, ReactNode, Ref } from 'react';
import { joinClasses } from './join-classes.ts';

/** A label over what it names. */
export const Field = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
  <label className="flex flex-col gap-0.5">
    <span className="text-meta text-ink-3">{label}</span>
    {children}
  </label>
);

const CONTROL = 'min-h-7 rounded-md border border-edge bg-panel px-2 text-ink';

interface TextInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly ref?: Ref<HTMLInputElement>;
}

export const TextInput = ({ onChange, className, ...rest }: TextInputProps) => (
  <input className={joinClasses(CONTROL, className)} onChange={(event) => onChange(event.target.value)} {...rest} />
);

interface SelectProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly 'aria-label'?: string;
}

export const Select = ({ options, onChange, ...rest }: SelectProps) => (
  <select className={CONTROL} onChange={(event) => onChange(event.target.value)} {...rest}>
    {options.map(({ value, label }) => (
      <option key={value} value={value}>
        {label}
      </option>
    ))}
  </select>
);
