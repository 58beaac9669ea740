import { isCharacterStroke } from './key-strokes.ts';

/** Where a key was pressed, as far as the page's own keys are concerned. */
export type KeyPlace = 'page' | 'text' | 'terminal' | 'layer';

const TERMINAL = '.xterm, [data-own-keys]';
const TEXT =
  'textarea, select, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="button"])';
const LAYER = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

export function keyPlaceOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return 'page';
  if (target.closest(TERMINAL) !== null) return 'terminal';
  if (target.closest(LAYER) !== null) return 'layer';
  return target.closest(TEXT) === null ? 'page' : 'text';
}

/** A terminal gets all of its keys, a text what is typed into it, and what lies over the page keeps the page still. */
export function mayAct(stroke: string, place: KeyPlace, hasLetterKeys: boolean): boolean {
  if (stroke === '' || place === 'terminal' || place === 'layer') return false;
  if (!isCharacterStroke(stroke)) return true;
  return place === 'page' && hasLetterKeys;
}
