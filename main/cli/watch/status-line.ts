import type { CliContext } from '../cli-context.ts';
import { followEvents } from '../follow-events.ts';
import type { ProgressSubject, WaitProgress } from '../progress-subject.ts';
import type { Screen } from '../terminal.ts';
import { openCanvas } from './canvas.ts';
import { type Frame, runLine, stepLine } from './watch-frame.ts';
import { followRecord, type WatchedRecord } from './watch-model.ts';
import { withoutLastColumn } from './watch-view.ts';

const TICK_MS = 1000;

/** One line below what was said: state, how long, and what was told last. It goes away when the wait ends. */
export function openStatusLine(context: CliContext, subject: ProgressSubject): WaitProgress {
  const { err, errScreen } = context.terminal;
  const screen = withoutLastColumn(errScreen);
  const canvas = openCanvas(err, screen);
  const record = followRecord();
  const listening = new AbortController();
  const draw = (): void =>
    canvas.draw([lineOf(subject, { model: record.model(), nowMs: Date.now(), notice: '' }, screen)]);
  const ticker = setInterval(draw, TICK_MS);
  draw();
  void listen(context, subject, { record, signal: listening.signal });
  return {
    looked: () => undefined,
    say(text) {
      canvas.clear();
      err(`${text.trim()}\n`);
      draw();
    },
    stop() {
      clearInterval(ticker);
      listening.abort();
      canvas.clear();
    },
  };
}

const lineOf = ({ name, events }: ProgressSubject, frame: Frame, screen: Screen): string =>
  events.stepId === undefined ? runLine(events.runId ?? name, frame, screen) : stepLine(events.stepId, frame, screen);

interface Listener {
  readonly record: WatchedRecord;
  readonly signal: AbortSignal;
}

/** What goes wrong here is told by the wait itself: a daemon without events just has less to show. */
async function listen(context: CliContext, { events }: ProgressSubject, { record, signal }: Listener): Promise<void> {
  for await (const event of followEvents(context, { ...events, after: 0, signal, onAway: () => undefined })) {
    if (event.ok) record.apply(event.value.view);
  }
}
