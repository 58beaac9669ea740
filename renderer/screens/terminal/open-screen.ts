import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { type ILink, Terminal } from '@xterm/xterm';
import { linksIn, webTarget } from '../../words/links-in.ts';
import { terminalTheme } from './terminal-theme.ts';

export interface ScreenEvents {
  readonly onTyped: (bytes: Uint8Array) => void;
  /** Somebody wants to go to an address. */
  readonly onLink: (target: string) => void;
  /** The key that leaves the terminal. */
  readonly onLeave: () => void;
}

export interface TerminalScreen {
  readonly show: (bytes: Uint8Array) => Promise<void>;
  readonly find: (text: string, isBackwards: boolean) => boolean;
  readonly letType: (mayType: boolean) => void;
  readonly readAloud: (isOn: boolean) => void;
  /** As large as its place allows. */
  readonly fit: () => { readonly columns: number; readonly rows: number };
  readonly focus: () => void;
  readonly dispose: () => void;
}

/** What programs expect of a terminal of which nothing is known, and what they were started with. */
const USUAL_SIZE = { cols: 80, rows: 24 } as const;
const KEPT_LINES = 5000;
/** Title, icon, working directory, clipboard, notifications, files and images: nothing that a program may do to a page. */
const IGNORED_OSC = [0, 1, 2, 7, 9, 50, 52, 99, 133, 633, 777, 1337] as const;

export function openScreen(host: HTMLElement, events: ScreenEvents): TerminalScreen {
  const open = (address: string): void => {
    const target = webTarget(address);
    if (target !== null) events.onLink(target);
  };
  const terminal = new Terminal({
    ...USUAL_SIZE,
    scrollback: KEPT_LINES,
    disableStdin: true,
    fontFamily: '"IBM Plex Mono", ui-monospace, monospace',
    fontSize: 12,
    lineHeight: 1.3,
    minimumContrastRatio: 4.5,
    theme: terminalTheme(document.documentElement),
    linkHandler: { activate: (_, address) => open(address) },
  });
  const search = new SearchAddon();
  const fit = new FitAddon();
  terminal.loadAddon(search);
  terminal.loadAddon(fit);
  for (const number of IGNORED_OSC) terminal.parser.registerOscHandler(number, () => true);
  terminal.parser.registerDcsHandler({ final: 'q' }, () => true);
  terminal.registerLinkProvider(linksOf(terminal, open));
  terminal.open(host);
  const encoder = new TextEncoder();
  terminal.onData((text) => events.onTyped(encoder.encode(text)));
  terminal.onBinary((text) => events.onTyped(Uint8Array.from(text, (character) => character.charCodeAt(0))));
  let mayType = false;
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.ctrlKey && event.shiftKey && event.key === 'ArrowUp') {
      if (event.type === 'keydown') events.onLeave();
      return false;
    }
    // Who only looks keeps the keys of the page: Tab goes on, Ctrl+C copies.
    return mayType;
  });
  const themes = new MutationObserver(() => {
    terminal.options.theme = terminalTheme(document.documentElement);
  });
  themes.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-contrast'] });
  return {
    show: (bytes) => new Promise((resolve) => terminal.write(bytes, resolve)),
    find: (text, isBackwards) => (isBackwards ? search.findPrevious(text) : search.findNext(text)),
    letType: (may) => {
      mayType = may;
      terminal.options.disableStdin = !may;
      terminal.options.cursorBlink = may;
    },
    readAloud: (isOn) => {
      terminal.options.screenReaderMode = isOn;
    },
    fit: () => {
      fit.fit();
      return { columns: terminal.cols, rows: terminal.rows };
    },
    focus: () => terminal.focus(),
    dispose: () => {
      themes.disconnect();
      terminal.dispose();
    },
  };
}

/** Addresses that stand in a line as text. */
const linksOf = (terminal: Terminal, open: (address: string) => void) => ({
  provideLinks(row: number, answer: (links: ILink[] | undefined) => void): void {
    const text = terminal.buffer.active.getLine(row - 1)?.translateToString(true) ?? '';
    answer(
      linksIn(text).map(({ from, to, target }) => ({
        range: { start: { x: from + 1, y: row }, end: { x: to, y: row } },
        text: target,
        activate: () => open(target),
      })),
    );
  },
});
