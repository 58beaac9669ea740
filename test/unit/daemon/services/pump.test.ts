import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';

import { createPump } from '../../../../main/daemon/services/pump.ts';

/** A pump whose looks end when the test says so. */
function heldPump() {
  const looks: PromiseWithResolvers<void>[] = [];
  const faults: unknown[] = [];
  const look = () => {
    const held = Promise.withResolvers<void>();
    looks.push(held);
    return held.promise;
  };
  return { pump: createPump(look, (fault) => faults.push(fault)), looks, faults };
}

describe('a pump', () => {
  it('SRV-1: looks at nothing before its start, and at once then', () => {
    const { pump, looks } = heldPump();
    pump.wake();
    expect(looks).toHaveLength(0);
    pump.start();
    pump.start();
    expect(looks).toHaveLength(1);
  });

  it('looks once more after however many wakes during a look', async () => {
    const { pump, looks } = heldPump();
    pump.start();
    for (let wakes = 0; wakes < 5; wakes += 1) pump.wake();
    expect(looks).toHaveLength(1);
    looks[0]?.resolve();
    await turn();
    expect(looks).toHaveLength(2);
    looks[1]?.resolve();
    await turn();
    expect(looks).toHaveLength(2);
    pump.wake();
    expect(looks).toHaveLength(3);
  });

  it('SRV-5: goes on after a fault', async () => {
    const { pump, looks, faults } = heldPump();
    pump.start();
    looks[0]?.reject(new Error('full'));
    await turn();
    expect(faults).toEqual([new Error('full')]);
    pump.wake();
    expect(looks).toHaveLength(2);
  });

  it('SRV-1: stops when the look that is under way has ended, and looks no more', async () => {
    const { pump, looks } = heldPump();
    pump.start();
    pump.wake();
    let isOver = false;
    const stopped = pump.stop().then(() => {
      isOver = true;
    });
    await turn();
    expect([isOver, pump.isStopped()]).toEqual([false, true]);
    looks[0]?.resolve();
    await stopped;
    pump.wake();
    pump.start();
    await turn();
    expect(looks).toHaveLength(1);
  });
});
