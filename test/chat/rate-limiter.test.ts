import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter } from '../../src/chat/rate-limiter.ts';

const signal = new AbortController().signal;

/** When requests made at these times may be sent, in milliseconds; `slowAt`: the index before which the platform throttles. */
const slotsOf = async (perSecond: number, asked: readonly number[], slowAt?: number): Promise<number[]> => {
  let time = 0;
  const slots: number[] = [];
  const pace = createRateLimiter({
    perSecond,
    now: () => time,
    sleep: async (ms) => void slots.push(time + ms),
  });
  for (const [place, at] of asked.entries()) {
    time = Math.max(time, at);
    if (place === slowAt) pace.slowDown();
    const before = slots.length;
    await pace.acquire(signal);
    if (slots.length === before) slots.push(time);
  }
  return slots;
};

const mostInASecond = (slots: readonly number[]): number =>
  Math.max(...slots.map((from) => slots.filter((at) => at >= from && at < from + 1_000).length));

describe('the rate of requests', () => {
  it('counts a request from its answer on, less the shortest way there and back', async () => {
    let time = 0;
    const waits: number[] = [];
    const pace = createRateLimiter({ perSecond: 2, now: () => time, sleep: async (ms) => void waits.push(ms) });
    const late = await pace.acquire(signal);
    const prompt = await pace.acquire(signal);
    time = 30;
    prompt();
    time = 90;
    late();
    await pace.acquire(signal);
    await pace.acquire(signal);
    // The prompt one arrived at 0, the late one at 90 - 30 at the latest.
    expect(waits).toEqual([1_005 - 90, 60 + 1_005 - 90]);
  });

  it('gives a late request the place of one, and not of those after it', async () => {
    let time = 0;
    const waits: number[] = [];
    const pace = createRateLimiter({ perSecond: 3, now: () => time, sleep: async (ms) => void waits.push(ms) });
    const late = await pace.acquire(signal);
    for (const answered of [await pace.acquire(signal), await pace.acquire(signal)]) answered();
    time = 800;
    late();
    await pace.acquire(signal);
    await pace.acquire(signal);
    expect(waits).toEqual([205, 205]);
  });

  it('counts a late request for as long as it may have arrived, also when that of earlier ones is over', async () => {
    let time = 0;
    const waits: number[] = [];
    const pace = createRateLimiter({ perSecond: 2, now: () => time, sleep: async (ms) => void waits.push(ms) });
    const late = await pace.acquire(signal);
    (await pace.acquire(signal))();
    time = 900;
    late();
    time = 1_100;
    await pace.acquire(signal);
    await pace.acquire(signal);
    expect(waits).toEqual([900 + 1_005 - 1_100]);
  });

  it('counts a request that was woken late from when it was sent', async () => {
    let time = 0;
    const waits: number[] = [];
    const pace = createRateLimiter({
      perSecond: 1,
      now: () => time,
      sleep: async (ms) => {
        waits.push(ms);
        time += ms + 500;
      },
    });
    for (let n = 0; n < 3; n += 1) await pace.acquire(signal);
    expect(waits).toEqual([1_005, 1_005]);
  });

  it('keeps the order of requests when the rate rises while some wait', async () => {
    let time = 0;
    const sent: number[] = [];
    const pace = createRateLimiter({
      perSecond: 100,
      now: () => time,
      sleep: async (ms) => void sent.push(time + ms),
    });
    // Down to one a second; five seconds after the last complaint it is three.
    for (; time < 40_000; time += 1_000) pace.slowDown();
    time += 3_999;
    for (let n = 0; n < 4; n += 1) await pace.acquire(signal);
    time += 1;
    await pace.acquire(signal);
    const first = 43_999;
    expect(sent).toEqual([first + 1_005, first + 2 * 1_005, first + 3 * 1_005, first + 3 * 1_005]);
  });

  it('never exceeds the limit in any second, whenever requests come, and keeps their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 200 }),
        async (perSecond, times) => {
          const asked = times.toSorted((a, b) => a - b);
          const slots = await slotsOf(perSecond, asked);
          expect(mostInASecond(slots)).toBeLessThanOrEqual(perSecond);
          expect(slots).toEqual(slots.toSorted((a, b) => a - b));
          for (const [place, at] of slots.entries()) expect(at).toBeGreaterThanOrEqual(asked[place] ?? 0);
        },
      ),
    );
  });

  it("spreads a second's requests, and catches up after a pause", async () => {
    const slots = await slotsOf(100, Array(100).fill(0));
    const ofNine = slots.slice(8).map((at, place) => at - (slots[place] ?? 0));
    expect(Math.min(...ofNine)).toBeGreaterThan(45);
    expect(Math.max(...slots)).toBeLessThan(700);
  });

  it('reaches at least 97 percent of the limit under constant load', async () => {
    const slots = await slotsOf(500, Array(20_000).fill(0));
    expect(20_000 / ((slots.at(-1) ?? 0) / 1_000)).toBeGreaterThan(0.97 * 500);
  });

  it('is a tenth lower after a complaint, and normal half a minute later', async () => {
    const soon = await slotsOf(40, [...Array(40).fill(0), ...Array(80).fill(2_000)], 40);
    expect(mostInASecond(soon.slice(40))).toBe(36);
    const later = await slotsOf(40, [...Array(40).fill(0), 2_000, ...Array(80).fill(40_000)], 40);
    expect(mostInASecond(later.slice(41))).toBe(40);
  });

  it('is a tenth lower after all complaints of one second together, and another tenth after those of the next', async () => {
    let time = 0;
    const slots: number[] = [];
    const pace = createRateLimiter({ perSecond: 40, now: () => time, sleep: async (ms) => void slots.push(time + ms) });
    for (time of [0, 1, 999, 1_000, 1_500]) pace.slowDown();
    for (let n = 0; n < 80; n += 1) await pace.acquire(signal);
    expect(mostInASecond(slots)).toBe(32);
  });
});
