import { Button } from '../../parts/button.tsx';
import { TextInput } from '../../parts/field.tsx';
import { defaultValidationName, type ValidationRow } from './task-form.ts';

interface ValidationsFieldProps {
  readonly rows: readonly ValidationRow[];
  readonly problem: string | undefined;
  readonly onChange: (rows: readonly ValidationRow[]) => void;
}

/** Commands that are run afterwards; what fails of the required ones fails the step. */
export function ValidationsField({ rows, problem, onChange }: ValidationsFieldProps) {
  const set = (index: number, change: Partial<ValidationRow>): void =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="font-semibold">Validations</legend>
      <p className="text-meta text-ink-2">Commands that are run in the worktree afterwards. Each has to end with 0.</p>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; names may be equal or empty
        <div key={index} className="flex flex-wrap items-center gap-2">
          <TextInput
            aria-label={`Command of validation ${index + 1}`}
            placeholder="npm test"
            className="min-w-40 grow font-mono text-log"
            value={row.command}
            onChange={(command) => set(index, { command })}
          />
          <TextInput
            aria-label={`Name of validation ${index + 1}`}
            placeholder={defaultValidationName(index)}
            className="w-32"
            value={row.name}
            onChange={(name) => set(index, { name })}
          />
          <label className="inline-flex min-h-6 items-center gap-1.5">
            <input
              type="checkbox"
              className="size-4"
              checked={row.isRequired}
              onChange={(event) => set(index, { isRequired: event.target.checked })}
            />
            Required
          </label>
          <Button
            look="bare"
            aria-label={`Remove validation ${index + 1}`}
            onClick={() => onChange(rows.filter((_, at) => at !== index))}
          >
            Remove
          </Button>
        </div>
      ))}
      {problem === undefined ? null : <p className="text-fail">{problem}</p>}
      <Button className="self-start" onClick={() => onChange([...rows, { name: '', command: '', isRequired: true }])}>
        Add validation
      </Button>
    </fieldset>
  );
}
