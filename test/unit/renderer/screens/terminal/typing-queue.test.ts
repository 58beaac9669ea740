import { describe, expect, it } from 'vitest';
import { err, ok } from '../../../../../contract/result.ts';
import { createTypingQueue } from '../../../../../renderer/screens/terminal/typing-queue.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('what is typed', () => {
  it('is sent in its order, what came meanwhile together', async () => {
    const sent: string[] = [];
    const gates: (() => void)[] = [];
    const type = createTypingQueue(
      async (part) => {
        sent.push(new TextDecoder().decode(part));
        await new Promise<void>((resolve) => gates.push(resolve));
        return ok(undefined);
      },
      () => undefined,
    );
    type(bytes('a'));
    type(bytes('b'));
    type(bytes('c'));
    expect(sent).toEqual(['a']);
    gates.shift()?.();
    await expect.poll(() => sent).toEqual(['a', 'bc']);
    gates.shift()?.();
  });

  it('goes on after what could not be sent, which is told', async () => {
    const failures: string[] = [];
    const type = createTypingQueue(
      async () => err({ kind: 'aborted' }),
      ({ kind }) => failures.push(kind),
    );
    type(bytes('a'));
    await expect.poll(() => failures).toEqual(['aborted']);
    type(bytes('b'));
    await expect.poll(() => failures).toEqual(['aborted', 'aborted']);
  });
});
