import { usePreferences } from '../app/preferences.ts';

interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Without a modifier; and no letter, where a person has switched letters off. */
export const isPlainKey = ({ key, ctrlKey, metaKey, altKey }: PressedKey): boolean =>
  !ctrlKey && !metaKey && !altKey && (key.length > 1 || usePreferences.getState().hasLetterKeys);
