import { useEffect, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Field, TextInput } from '../../parts/field.tsx';
import { stateWords } from '../../words/states.ts';
import { isNarrowed, NO_FILTER, type RunListFilter } from './run-filter.ts';

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
  const toggle = (state: string): void => {
    const rest = filter.states.filter((one) => one !== state);
    onChange({ ...filter, states: rest.length === filter.states.length ? [...rest, state] : rest });
  };
  return (
    <search className="flex flex-wrap items-end gap-3">
      <Field label="Text">
        <TextInput value={text} onChange={setText} type="search" data-screen-filter="" />
      </Field>
      <Field label="Project">
        <TextInput value={project} onChange={setProject} />
      </Field>
      <fieldset className="flex flex-wrap gap-1">
        <legend className="pb-0.5 text-meta text-ink-3">State</legend>
        {STATES.map((state) => (
          <Button
            key={state}
            look={filter.states.includes(state) ? 'ink' : 'plain'}
            aria-pressed={filter.states.includes(state)}
            onClick={() => toggle(state)}
          >
            {stateWords('run', state).label}
          </Button>
        ))}
      </fieldset>
      <Button
        look={filter.isGrouped ? 'ink' : 'plain'}
        aria-pressed={filter.isGrouped}
        onClick={() => onChange({ ...filter, isGrouped: !filter.isGrouped })}
      >
        By project
      </Button>
      {isNarrowed(filter) ? (
        <Button onClick={() => onChange({ ...NO_FILTER, isGrouped: filter.isGrouped })}>Clear filter</Button>
      ) : null}
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
