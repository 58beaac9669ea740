import type { ClientQueue, ClientRunning, ClientWaiting } from '../../../contract/client/client-queue.ts';
import { listGates } from '../../../contract/client/gate-routes.ts';
import { getQueue } from '../../../contract/client/queue-routes.ts';
import type { CliContext } from '../cli-context.ts';
import { defineCommand } from '../define-command.ts';
import { type Column, formatTable } from '../format-table.ts';
import { formatSecond, formatTicking } from '../format-time.ts';
import { fetchDocument, readDocument, showDocument } from '../show-document.ts';
import { stepTone } from '../state-tone.ts';
import { oneLine, type Screen } from '../terminal.ts';

export const command = defineCommand({
  usage: 'queue [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: {},
  run: async (context, { flags }) => {
    const asked = flags.json ? '' : await gatesInWords(context);
    return showDocument(context, {
      isJson: flags.json,
      ask: getQueue,
      describe: (queue, screen) => describe(queue, { screen, nowMs: Date.now(), asked }),
    });
  },
});

/** A step at a gate is in no queue, and is what waits longest of all; empty when there is none. */
async function gatesInWords(context: CliContext): Promise<string> {
  const page = await fetchDocument(context, (connection) => listGates(connection, { state: 'pending' }));
  if (!page.ok) return ''; // what is wrong is told when the queue is asked for
  const gates = readDocument(context, page.value);
  if (!gates.ok || gates.value.length === 0) return '';
  const count = `${gates.value.length}${page.value.nextPage === null ? '' : ' or more'}`;
  const wait = count === '1' ? 'A gate waits' : `${count} gates wait`;
  return `${wait} for a decision: ${context.programName} gate list --state pending\n`;
}

interface Look {
  readonly screen: Screen;
  readonly nowMs: number;
  /** What is said of open gates; empty: nothing. */
  readonly asked: string;
}

const RUNNING: readonly Column[] = [
  { title: 'STEP ID', width: 24 },
  { title: 'STATE', width: 20, tone: stepTone },
  { title: 'EXECUTOR', width: 12, whenNarrow: 'leave out' },
  { title: 'FOR', width: 12, whenNarrow: 'leave out' },
  { title: 'TITLE', width: 20, whenNarrow: 'shorten' },
];

const WAITING: readonly Column[] = [
  { title: 'STEP ID', width: 24 },
  { title: 'WAITS FOR', width: 20 },
  { title: 'PRIORITY', width: 8, whenNarrow: 'leave out' },
  { title: 'FOR', width: 12, whenNarrow: 'leave out' },
  { title: 'TITLE', width: 20, whenNarrow: 'shorten' },
];

function describe({ slots, slotsUsed, running, waitingTotal, waiting }: ClientQueue, look: Look): string {
  const { screen, asked } = look;
  const none = running.length === 0 && waitingTotal === 0;
  return [
    none
      ? `Nothing runs${asked === '' ? ' and nothing waits' : ''}.\n`
      : `${slotsUsed} of ${slots} slots are in use, ${waitingTotal} steps wait.\n`,
    asked,
    ...(running.length === 0
      ? []
      : [
          `\n${formatTable(
            screen,
            RUNNING,
            running.map((one) => runningRow(one, look)),
          )}`,
        ]),
    ...(waiting.length === 0
      ? []
      : [
          `\n${formatTable(
            screen,
            WAITING,
            waiting.map((one) => waitingRow(one, look)),
          )}`,
        ]),
  ].join('');
}

const runningRow = (one: ClientRunning, { nowMs }: Look): readonly string[] => [
  one.stepId,
  one.stepState || one.state,
  one.executor,
  since(one.startedAtMs, nowMs),
  oneLine(one.title),
];

const waitingRow = (one: ClientWaiting, { nowMs }: Look): readonly string[] => [
  one.stepId,
  reasonOf(one),
  String(one.priority),
  since(one.enqueuedAtMs, nowMs),
  oneLine(one.title),
];

function reasonOf({ blockedBy, gates, notBeforeMs }: ClientWaiting): string {
  switch (blockedBy) {
    case '':
      return 'nothing, it starts';
    case 'gate':
      return gates.length === 0 ? 'a gate' : gates.join(', ');
    case 'run':
      return 'its run';
    case 'not_before':
      return `the time: ${formatSecond(notBeforeMs)}`;
    case 'slot':
      return 'a free slot';
    default:
      return oneLine(blockedBy); // a newer daemon knows further reasons
  }
}

const since = (fromMs: number | null, nowMs: number): string => (fromMs === null ? '' : formatTicking(nowMs - fromMs));
