import { useQuery } from '@tanstack/react-query';
import { listExecutors } from '../../../contract/client/executor-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { TextInput } from '../../parts/field.tsx';
import { TextArea } from '../../parts/text-area.tsx';
import { executorOptions } from './executor-options.ts';
import { FormField } from './form-field.tsx';
import { ReadFileButton } from './read-file-button.tsx';
import type { FormField as FieldName, TaskForm } from './task-form.ts';
import { ValidationsField } from './validations-field.tsx';

interface TaskFieldsProps {
  readonly form: TaskForm;
  readonly problems: ReadonlyMap<FieldName, string>;
  readonly onChange: (change: Partial<TaskForm>) => void;
  readonly onRead: (goal: string, fileName: string) => void;
}

/** A task, field by field. */
export function TaskFields({ form, problems, onChange, onRead }: TaskFieldsProps) {
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <FormField
        label="Goal"
        hint="What is to be done, word for word as the executor reads it."
        problem={problems.get('goal')}
      >
        {(control) => (
          <>
            <TextArea rows={6} value={form.goal} onChange={(goal) => onChange({ goal })} {...control} />
            <ReadFileButton label="Read goal from a file…" accept=".txt,.md,text/*" onRead={onRead} />
          </>
        )}
      </FormField>
      <FormField label="Title" hint="What lists call it. Empty: Direct task." problem={problems.get('title')}>
        {(control) => <TextInput value={form.title} onChange={(title) => onChange({ title })} {...control} />}
      </FormField>
      <ExecutorField form={form} onChange={onChange} />
      <ValidationsField
        rows={form.validations}
        problem={problems.get('validations')}
        onChange={(validations) => onChange({ validations })}
      />
      <FormField label="Acceptance" hint="Criteria that the executor is told, one a line. Nothing measures them.">
        {(control) => (
          <TextArea rows={2} value={form.acceptance} onChange={(acceptance) => onChange({ acceptance })} {...control} />
        )}
      </FormField>
      <FormField label="Constraints" hint="What it has to keep to, one a line.">
        {(control) => (
          <TextArea
            rows={2}
            value={form.constraints}
            onChange={(constraints) => onChange({ constraints })}
            {...control}
          />
        )}
      </FormField>
      <FormField
        label="Context"
        hint="What it should know besides: files to read first, decisions."
        problem={problems.get('context')}
      >
        {(control) => (
          <TextArea rows={3} value={form.context} onChange={(context) => onChange({ context })} {...control} />
        )}
      </FormField>
      <LimitFields form={form} problems={problems} onChange={onChange} />
    </div>
  );
}

type Part = Pick<TaskFieldsProps, 'form' | 'onChange'>;

function ExecutorField({ form, onChange }: Part) {
  const connection = useConnection();
  const executors = useQuery({
    queryKey: keys.executors,
    queryFn: ({ signal }) => unwrapView(listExecutors(connection, { anew: false, signal })),
  });
  return (
    <FormField label="Executor" hint="Who does it. What was found on this machine comes first.">
      {(control) => (
        <select
          {...control}
          className="min-h-7 rounded-md border border-edge bg-panel px-2 text-ink"
          value={form.executor}
          onChange={(event) => onChange({ executor: event.target.value })}
        >
          {executorOptions(executors.data?.executors ?? []).map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </FormField>
  );
}

function LimitFields({ form, problems, onChange }: Part & Pick<TaskFieldsProps, 'problems'>) {
  return (
    <div className="grid gap-4 narrow:grid-cols-3">
      <FormField label="Timeout" hint="Seconds that an attempt may take." problem={problems.get('timeout')}>
        {(control) => (
          <TextInput
            inputMode="numeric"
            value={form.timeout}
            onChange={(timeout) => onChange({ timeout })}
            {...control}
          />
        )}
      </FormField>
      <FormField label="Policy" hint="Which rules may gate or fail it." problem={problems.get('policy')}>
        {(control) => <TextInput value={form.policy} onChange={(policy) => onChange({ policy })} {...control} />}
      </FormField>
      <FormField label="Base" hint="Branch, tag or commit. Empty: HEAD." problem={problems.get('base')}>
        {(control) => <TextInput value={form.base} onChange={(base) => onChange({ base })} {...control} />}
      </FormField>
    </div>
  );
}
