import { useEffect, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Field, Select, TextInput } from '../../parts/field.tsx';
import { stateWords } from '../../words/states.ts';
import { NO_FILTER, type RunListFilter } from './run-filter.ts';

const STATES = ['created', 'running', 'paused_for_gate', 'completed', 'failed', 'cancelled'] as const;
/** So long after the last key it is asked for: each letter would be a question. */
const TYPING_MS = 200;

interface RunFilterBarProps {
  readonly filter: RunListFilter;
  readonly onChange: (filter: RunListFilter) => void;
}

export function RunFilterBar({ filter, onChange }: RunFilterBarProps) {
  const [text, setText] = useTyped(filter.text, (typed) => onChange({ ...filter, text: typed }));
  const [project, setProject] = useTyped(filter.project, (typed) => onChange({ ...filter, project: typed }));
  const isFiltered = filter.text !== '' || filter.project !== '' || filter.state !== '';
  return (
    <search className="flex flex-wrap items-end gap-3">
      <Field label="Text">
        <TextInput value={text} onChange={setText} type="search" data-screen-filter="" />
      </Field>
      <Field label="State">
        <Select
          value={filter.state}
          onChange={(state) => onChange({ ...filter, state })}
          options={[
            { value: '', label: 'Any' },
            ...STATES.map((state) => ({ value: state, label: stateWords('run', state).label })),
          ]}
        />
      </Field>
      <Field label="Project">
        <TextInput value={project} onChange={setProject} />
      </Field>
      {isFiltered ? <Button onClick={() => onChange(NO_FILTER)}>Clear filter</Button> : null}
    </search>
  );
}

/** What is typed shows at once and is told when the typing rests. */
function useTyped(value: string, tell: (typed: string) => void): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => tell(typed), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return [typed, setTyped];
}
