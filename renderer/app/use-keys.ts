import { useEffect } from 'react';
import { COMMANDS, type Command, type PageActions } from './commands.ts';
import { keyPlaceOf, mayAct } from './key-place.ts';
import { type Begun, readStroke, strokeOf } from './key-strokes.ts';
import { usePreferences } from './preferences.ts';

const BY_KEYS: ReadonlyMap<string, Command> = new Map(
  COMMANDS.filter(({ keys }) => keys !== '').map((command) => [command.keys, command]),
);
const KNOWN: ReadonlySet<string> = new Set(BY_KEYS.keys());

/** Listens for the keys of commands as long as the page lives. */
export function useKeys(page: PageActions): void {
  useEffect(() => {
    let begun: Begun | null = null;
    const onKeyDown = (event: KeyboardEvent): void => {
      // While an input method composes, keys are its own.
      if (event.isComposing || event.keyCode === COMPOSING) return;
      const stroke = strokeOf(event);
      if (!mayAct(stroke, keyPlaceOf(event.target), usePreferences.getState().hasLetterKeys)) {
        if (stroke !== '') begun = null;
        return;
      }
      // The second stroke of a sequence is the page's, whatever the widget under it would make of it.
      if (begun === null && event.defaultPrevented) return;
      const reading = readStroke(KNOWN, begun, { stroke, atMs: event.timeStamp });
      begun = reading.begun;
      if (reading.keys === null) return;
      event.preventDefault();
      event.stopPropagation();
      BY_KEYS.get(reading.keys)?.run(page);
    };
    const onCapture = (event: KeyboardEvent): void => {
      if (begun !== null) onKeyDown(event);
    };
    window.addEventListener('keydown', onCapture, { capture: true });
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onCapture, { capture: true });
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [page]);
}

const COMPOSING = 229;
