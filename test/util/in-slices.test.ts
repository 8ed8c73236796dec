import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inSlices } from '../../src/util/in-slices.ts';

/** Work of so many pieces, each of which keeps the thread busy for as many milliseconds. */
const busy = function* (pieces: number, ms: number): Generator<undefined, number> {
  for (let piece = 0; piece < pieces; piece += 1) {
    const end = performance.now() + ms;
    while (performance.now() < end);
    yield;
  }
  return pieces;
};

test('other work runs between slices, and the result is that of the whole', async () => {
  let turns = 0;
  let isDone = false;
  const others = (async () => {
    while (!isDone) {
      await setImmediate();
      turns += 1;
    }
  })();
  expect(await inSlices(busy(5, 3))).toBe(5);
  isDone = true;
  await others;
  expect(turns).toBeGreaterThanOrEqual(5);
});

test('what the work throws is thrown', async () => {
  const failing = function* (): Generator<undefined, never> {
    yield;
    throw new RangeError('no');
  };
  await expect(inSlices(failing())).rejects.toThrow('no');
});
