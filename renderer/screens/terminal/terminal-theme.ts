import type { ITheme } from '@xterm/xterm';

/** A terminal draws its own colours: ours, as they are now. */
export function terminalTheme(root: HTMLElement): ITheme {
  const styles = getComputedStyle(root);
  const token = (name: string): string => styles.getPropertyValue(`--${name}`).trim();
  return {
    background: token('sunken'),
    foreground: token('ink'),
    cursor: token('ink'),
    cursorAccent: token('sunken'),
    selectionBackground: token('selected'),
    selectionForeground: token('ink'),
    black: token('sunken'),
    red: token('fail'),
    green: token('done'),
    yellow: token('warn'),
    blue: token('accent'),
    magenta: token('infra'),
    cyan: token('live'),
    white: token('ink-2'),
    brightBlack: token('ink-3'),
    brightRed: token('fail'),
    brightGreen: token('done'),
    brightYellow: token('warn'),
    brightBlue: token('accent'),
    brightMagenta: token('infra'),
    brightCyan: token('live'),
    brightWhite: token('ink'),
  };
}
