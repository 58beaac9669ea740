import type { ClientEvent } from '../../../contract/client/client-event.ts';
import type { Item } from '../../../contract/client/request-list.ts';
import { eventLine } from '../describe-event.ts';
import { formatJsonLine } from '../format-json.ts';
import type { Screen, Terminal } from '../terminal.ts';
import { openCanvas } from './canvas.ts';
import type { Frame } from './watch-frame.ts';
import { isChange, type WatchModel } from './watch-model.ts';

/** What is shown of something that is watched. */
export interface WatchView {
  /** What was found at the beginning, as a model and in lines. */
  readonly begin: (model: WatchModel, lines: readonly string[]) => void;
  readonly change: (model: WatchModel, event: Item<ClientEvent>) => void;
  /** A sentence that stands until it is taken back with an empty one. */
  readonly notice: (sentence: string) => void;
  readonly close: () => void;
}

export type DrawFrame = (frame: Frame, screen: Screen) => readonly string[];

const CTRL_C = 'Ctrl-C stops watching; the work goes on.';

/** At most that often, however much happens. */
const REDRAW_MS = 100;
const TICK_MS = 1000;

/** A view that is drawn over again in place, and whose seconds tick. */
export function openLiveView({ out, outScreen }: Terminal, drawFrame: DrawFrame): WatchView {
  const screen = withoutLastColumn(outScreen);
  const canvas = openCanvas(out, screen);
  let shown: WatchModel | null = null;
  let notice = CTRL_C;
  let pending: NodeJS.Timeout | null = null;
  const draw = (): void => {
    if (shown !== null) canvas.draw(drawFrame({ model: shown, nowMs: Date.now(), notice }, screen));
  };
  const drawSoon = (): void => {
    pending ??= setTimeout(() => {
      pending = null;
      draw();
    }, REDRAW_MS);
  };
  const ticker = setInterval(draw, TICK_MS);
  const show = (model: WatchModel): void => {
    shown = model;
    drawSoon();
  };
  return {
    begin: show,
    change: show,
    notice(sentence) {
      notice = sentence || CTRL_C;
      drawSoon();
    },
    close() {
      clearInterval(ticker);
      if (pending !== null) clearTimeout(pending);
      notice = '';
      draw();
      canvas.leave();
    },
  };
}

/** Some terminals go on to the next line as soon as the last column is written. */
export const withoutLastColumn = (screen: Screen): Screen => ({
  ...screen,
  size: () => {
    const size = screen.size();
    return size === null ? null : { ...size, columns: size.columns - 1 };
  },
});

/** A line for each change, for pipes and files. */
export function openLineView(terminal: Terminal): WatchView {
  return {
    begin(_model, lines) {
      for (const line of lines) terminal.out(`${line}\n`);
    },
    change(_model, { view }) {
      if (isChange(view)) terminal.out(`${eventLine(view, terminal.outScreen)}\n`);
    },
    notice: tellOnStderr(terminal),
    close: () => undefined,
  };
}

const tellOnStderr =
  ({ err }: Terminal) =>
  (sentence: string): void => {
    if (sentence !== '') err(`${sentence}\n`);
  };

/** Every event as the daemon tells it, one object a line, for programs. */
export const openJsonView = (terminal: Terminal): WatchView => ({
  begin: () => undefined,
  change: (_model, { json }) => terminal.out(formatJsonLine(json)),
  notice: tellOnStderr(terminal),
  close: () => undefined,
});
