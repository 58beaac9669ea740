/**
 * Stands for an agent that speaks as `codex exec --json` does. The goal says what: `{"bursts": n, "pauseMs": n, "text":
 * characters, "bytes": n}`. Each message begins with the time at which it was written, in ms with fractions, and the
 * first one with the time at which this process was started.
 */
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const Orders = z.object({ bursts: z.number(), pauseMs: z.number(), characters: z.number() });

if (process.argv.includes('--version')) {
  process.stdout.write('codex-cli 0.0.0\n');
  process.exit(0);
}
const prompt = await readText(process.stdin);
const orders = Orders.parse(JSON.parse(/^\{.*\}$/m.exec(prompt)?.[0] ?? '{}'));
const filling = 'x'.repeat(orders.characters);

const write = (event: object): Promise<void> =>
  new Promise((resolve) => process.stdout.write(`${JSON.stringify(event)}\n`, () => resolve()));
const say = (id: number, atMs: number): Promise<void> =>
  write({ type: 'item.completed', item: { type: 'agent_message', id: `item_${id}`, text: `${atMs} ${filling}` } });

await write({ type: 'thread.started', thread_id: 'bench' });
await write({ type: 'turn.started' });
await say(0, performance.timeOrigin);
for (let id = 1; id <= orders.bursts; id += 1) {
  await say(id, performance.timeOrigin + performance.now());
  if (orders.pauseMs > 0) await sleep(orders.pauseMs);
}
await write({ type: 'turn.completed', usage: { input_tokens: 1, cached_input_tokens: 0, output_tokens: 1 } });
