import type { Terminal } from '../terminal.ts';
import { type DrawFrame, openJsonView, openLineView, openLiveView, type WatchView } from './watch-view.ts';

/** Live on a terminal, lines elsewhere, objects for programs. */
export function chooseView(
  terminal: Terminal,
  isJson: boolean,
  drawFrame: DrawFrame,
): { readonly view: WatchView; readonly isLive: boolean } {
  if (isJson) return { view: openJsonView(terminal), isLive: false };
  const isLive = terminal.outScreen.size() !== null;
  return { view: isLive ? openLiveView(terminal, drawFrame) : openLineView(terminal), isLive };
}
