import { TextArea } from '../../parts/text-area.tsx';
import { FormField } from './form-field.tsx';
import { ReadFileButton } from './read-file-button.tsx';

interface TaskTextProps {
  readonly text: string;
  readonly problem: string | undefined;
  readonly onChange: (text: string, fileName?: string) => void;
}

/** A whole task, written out. */
export const TaskText = ({ text, problem, onChange }: TaskTextProps) => (
  <div className="max-w-3xl">
    <FormField label="Task" hint="Every key that a task may have. Help lists them." problem={problem}>
      {(control) => (
        <>
          <TextArea
            rows={16}
            spellCheck={false}
            className="font-mono text-log"
            placeholder={'goal: Mend the login\nadapter_profile: codex\nvalidations:\n  - command: npm test'}
            value={text}
            onChange={(next) => onChange(next)}
            {...control}
          />
          <ReadFileButton label="Read task from a file…" accept=".yaml,.yml,.json" onRead={onChange} />
        </>
      )}
    </FormField>
  </div>
);
