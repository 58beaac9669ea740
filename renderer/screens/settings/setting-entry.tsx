import { useState } from 'react';
import type { ClientSetting } from '../../../contract/client/client-settings.ts';
import { Button } from '../../parts/button.tsx';
import { CodeWords } from '../../parts/code-words.tsx';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { Select, TextInput } from '../../parts/field.tsx';
import { isOverridden, RISKS, sourceWords, typedValue, valueText } from './setting-value.ts';
import { type SettingChange, useChangeSetting } from './use-change-setting.ts';

interface SettingEntryProps {
  readonly setting: ClientSetting;
  readonly isChangeable: boolean;
}

/** One setting: what it does, what it is, where that came from, and the place to change it. */
export function SettingEntry({ setting, isChangeable }: SettingEntryProps) {
  const { key, value, meaning } = setting;
  const change = useChangeSetting(key);
  return (
    <li className="grid gap-x-6 gap-y-1 border-t border-line py-2 medium:grid-cols-[minmax(0,1fr)_22rem]">
      <div>
        <h2 className="font-mono text-log">{key}</h2>
        <p>
          <CodeWords text={meaning} />
        </p>
        <p className="text-ink-2">Set by {sourceWords(setting)}.</p>
      </div>
      <div>
        {isChangeable ? (
          <Change key={valueText(value)} setting={setting} change={change} />
        ) : (
          <p className="wrap-anywhere font-mono text-log">{valueText(value) || 'empty'}</p>
        )}
        <p role="status">{change.told}</p>
        {change.failure === null ? null : <FailureNote failure={change.failure} effect="Nothing was written." />}
      </div>
    </li>
  );
}

function Change({ setting, change }: { readonly setting: ClientSetting; readonly change: SettingChange }) {
  const { key, value, source } = setting;
  const [text, setText] = useState(valueText(value));
  const [problem, setProblem] = useState('');
  const [isAsked, setAsked] = useState(false);
  const isSame = text.trim() === valueText(value);
  const risk = RISKS[key];
  const send = (): void => {
    setAsked(false);
    const typed = typedValue(value, text);
    setProblem(typed.ok ? '' : typed.error);
    if (typed.ok) change.set(typed.value);
  };
  const label = `Value of ${key}`;
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (isSame || change.isSending) return;
        if (risk === undefined) send();
        else setAsked(true);
      }}
    >
      {typeof value === 'boolean' ? (
        <Select aria-label={label} value={text} onChange={setText} options={SWITCH} />
      ) : (
        <TextInput
          aria-label={label}
          className="min-w-0 grow font-mono"
          value={text}
          onChange={setText}
          spellCheck={false}
          aria-invalid={problem !== ''}
        />
      )}
      <Button type="submit" aria-disabled={isSame || change.isSending}>
        {change.isSending ? 'Saving…' : 'Save setting'}
      </Button>
      {source === 'file' ? (
        <Button look="bare" onClick={change.isSending ? undefined : () => change.set(null)}>
          Use default
        </Button>
      ) : null}
      {isOverridden(setting) ? (
        <p className="w-full text-warn">What is written into the file has no effect while this is set elsewhere.</p>
      ) : null}
      {problem === '' ? null : (
        <p role="alert" className="w-full text-fail">
          {problem}
        </p>
      )}
      <ConfirmDialog
        isOpen={isAsked}
        title={`Set ${key} to ${text.trim() || 'nothing'}?`}
        stay="Leave it"
        go="Save setting"
        onClose={() => setAsked(false)}
        onGo={send}
      >
        <p>{risk} It counts from the next start.</p>
      </ConfirmDialog>
    </form>
  );
}

const SWITCH = [
  { value: 'true', label: 'On' },
  { value: 'false', label: 'Off' },
] as const;
