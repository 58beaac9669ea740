import type { KeyboardEvent } from 'react';
import { keyPlaceOf } from '../../app/key-place.ts';
import { usePreferences } from '../../app/preferences.ts';

/** What each letter does, while the focus is in the changes. */
export type ChangesKeys = Readonly<Record<'n' | 'p' | 'N' | 'P' | 'u' | 'v' | 'e' | 'm', () => void>>;

export function useChangesKeys(keys: ChangesKeys): (event: KeyboardEvent<HTMLElement>) => void {
  const hasLetterKeys = usePreferences((preferences) => preferences.hasLetterKeys);
  return (event) => {
    if (!hasLetterKeys || event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey || keyPlaceOf(event.target) !== 'page') return;
    const act = new Map(Object.entries(keys)).get(event.key);
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
}
