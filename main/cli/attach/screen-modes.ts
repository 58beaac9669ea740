/** Modes that are on when a terminal is new (DEC private modes): the cursor is shown, lines wrap. */
const USUALLY_ON: ReadonlySet<string> = new Set(['7', '25']);

const ESC = '\u001b';
const MODE_CHANGES = new RegExp(`${ESC}\\[\\?([\\d;]{1,64})([hl])`, 'g');
/** What may become a change with the next chunk. */
const BEGUN = new RegExp(`${ESC}(?:\\[(?:\\?[\\d;]{0,64})?)?$`);

/** Remembers what a program has done to the terminal: another screen, a hidden cursor, reports of the mouse. */
export function createScreenModes() {
  const changed = new Map<string, boolean>();
  let held = '';
  return {
    see(chunk: Uint8Array): void {
      const text = held + Buffer.from(chunk).toString('latin1');
      for (const [, modes = '', to] of text.matchAll(MODE_CHANGES)) {
        for (const mode of modes.split(';')) changed.set(mode, to === 'h');
      }
      held = BEGUN.exec(text)?.[0] ?? '';
    },
    /** What undoes it, and ends colours; nothing beyond: a mode that is switched off twice may move the cursor. */
    undo(): string {
      const left = [...changed].filter(([mode, isOn]) => isOn !== USUALLY_ON.has(mode));
      return `${ESC}[0m${left.map(([mode, isOn]) => `${ESC}[?${mode}${isOn ? 'l' : 'h'}`).join('')}`;
    },
  };
}
