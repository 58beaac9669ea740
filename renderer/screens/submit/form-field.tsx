import { type ReactNode, useId } from 'react';

interface FormFieldProps {
  readonly label: string;
  /** What it is for, where the label does not say it. */
  readonly hint?: string;
  readonly problem?: string | undefined;
  /** Given what the control needs to be described by it. */
  readonly children: (control: {
    readonly id: string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': boolean;
  }) => ReactNode;
}

/** A label over its control, what it is for, and below what keeps it from being taken. */
export function FormField({ label, hint, problem, children }: FormFieldProps) {
  const id = useId();
  const told = [hint === undefined ? '' : `${id}-hint`, problem === undefined ? '' : `${id}-problem`].join(' ').trim();
  return (
    <div className="flex flex-col gap-0.5">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-meta text-ink-2">
          {hint}
        </p>
      )}
      {children({
        id,
        'aria-describedby': told === '' ? undefined : told,
        'aria-invalid': problem !== undefined,
      })}
      {problem === undefined ? null : (
        <p id={`${id}-problem`} className="text-fail">
          {problem}
        </p>
      )}
    </div>
  );
}
