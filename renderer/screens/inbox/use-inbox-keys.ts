import type { KeyboardEvent } from 'react';
import { keyPlaceOf } from '../../app/key-place.ts';
import { usePreferences } from '../../app/preferences.ts';

interface InboxKeys {
  readonly onNext: () => void;
  readonly onPrevious: () => void;
}

/** Letters of the inbox, while the focus is in it. None of them decides: they lead to what does. */
export function useInboxKeys({ onNext, onPrevious }: InboxKeys): (event: KeyboardEvent<HTMLElement>) => void {
  const hasLetterKeys = usePreferences((preferences) => preferences.hasLetterKeys);
  return (event) => {
    if (!hasLetterKeys || event.defaultPrevented || event.nativeEvent.isComposing || event.repeat) return;
    if (event.ctrlKey || event.metaKey || event.altKey || keyPlaceOf(event.target) !== 'page') return;
    const within = event.currentTarget;
    const partOf = (part: string): HTMLElement | null => within.querySelector(`[data-card="${part}"]`);
    switch (event.key) {
      case 'n':
        onNext();
        break;
      case 'p':
        onPrevious();
        break;
      case 'a':
        partOf('approve')?.focus();
        break;
      case 'r':
        partOf('reject')?.click();
        break;
      case 'o':
        partOf('step')?.click();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
}
