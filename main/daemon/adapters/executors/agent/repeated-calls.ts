import { createHash } from 'node:crypto';
import type { ToolCall } from '../../../../../contract/activity.ts';
import { createOpenCalls } from '../../../domain/open-calls.ts';

/** Calls that are open at once and of which more is remembered than that they exist. */
const MAX_OPEN = 100;
/** Characters of a text of theirs. */
const MAX_HELD = 200;

/**
 * Counts the last calls that ended one after another with the same input and the same output. Waiting for something
 * looks like that, too, but not for ever.
 */
export function createRepetition(): (call: ToolCall) => number {
  const open = createOpenCalls(MAX_OPEN);
  let lastCallId: string | null = null;
  let lastDigest = '';
  let count = 0;
  return (told) => {
    const call = open.tell(briefly(told));
    if (call === null || call.callId === lastCallId) return count;
    lastCallId = call.callId;
    const digest = digestOf(call);
    count = digest === lastDigest ? count + 1 : 1;
    lastDigest = digest;
    return count;
  };
}

/** What is held of a call that is open: its long texts only as digests. */
const briefly = ({ input, output, ...call }: ToolCall): ToolCall => ({
  ...call,
  ...(input === undefined ? {} : { input: digestIfLong(input) }),
  ...(output === undefined ? {} : { output: digestIfLong(output) }),
});

const digestIfLong = (text: string): string =>
  text.length <= MAX_HELD ? text : createHash('sha256').update(text).digest('hex');

/** Some agents tell with each result in which process it was. */
const PROCESS_OR_TIME = /\d{4,}/g;

function digestOf({ name, tool, status, input, output }: ToolCall): string {
  const what = JSON.stringify([name ?? tool, status, input, output?.replaceAll(PROCESS_OR_TIME, '#')]);
  return createHash('sha256').update(what).digest('hex');
}
