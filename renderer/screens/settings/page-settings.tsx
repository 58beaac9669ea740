import type { ReactNode } from 'react';
import { type Contrast, type Density, type Theme, usePreferences } from '../../app/preferences.ts';

const THEMES: readonly Choice<Theme>[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];
const CONTRASTS: readonly Choice<Contrast>[] = [
  { value: 'system', label: 'As the system' },
  { value: 'normal', label: 'Normal' },
  { value: 'more', label: 'More' },
];
const DENSITIES: readonly Choice<Density>[] = [
  { value: 'compact', label: 'Compact, 28 pixels' },
  { value: 'comfortable', label: 'Comfortable, 36 pixels' },
];

/** How this person likes the page; counts at once. */
export function PageSettings() {
  const { theme, contrast, density, hasLetterKeys, showsExactTimes, change } = usePreferences();
  return (
    <>
      <p className="py-1 text-ink-2">Kept by this browser, for every page of this daemon. They count at once.</p>
      <Choices legend="Theme" choices={THEMES} chosen={theme} onChoose={(one) => change({ theme: one })} />
      <Choices legend="Contrast" choices={CONTRASTS} chosen={contrast} onChoose={(one) => change({ contrast: one })} />
      <Choices legend="Rows" choices={DENSITIES} chosen={density} onChoose={(one) => change({ density: one })} />
      <Group legend="Times">
        <Check isOn={showsExactTimes} onChange={(on) => change({ showsExactTimes: on })}>
          Exact times instead of ages
        </Check>
      </Group>
      <Group legend="Keys">
        <Check isOn={hasLetterKeys} onChange={(on) => change({ hasLetterKeys: on })}>
          Single letters and signs act. Turn this off if you dictate
        </Check>
      </Group>
    </>
  );
}

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface ChoicesProps<Value extends string> {
  readonly legend: string;
  readonly choices: readonly Choice<Value>[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}

const Choices = <Value extends string>({ legend, choices, chosen, onChoose }: ChoicesProps<Value>) => (
  <Group legend={legend}>
    {choices.map(({ value, label }) => (
      <label key={value} className="flex min-h-7 items-center gap-2">
        <input type="radio" name={legend} checked={value === chosen} onChange={() => onChoose(value)} />
        {label}
      </label>
    ))}
  </Group>
);

const Group = ({ legend, children }: { readonly legend: string; readonly children: ReactNode }) => (
  <fieldset className="flex flex-wrap gap-x-6 border-t border-line py-2">
    <legend className="float-left w-40 py-1 font-semibold">{legend}</legend>
    {children}
  </fieldset>
);

interface CheckProps {
  readonly isOn: boolean;
  readonly onChange: (on: boolean) => void;
  readonly children: ReactNode;
}

const Check = ({ isOn, onChange, children }: CheckProps) => (
  <label className="flex min-h-7 items-center gap-2">
    <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
    {children}
  </label>
);
