import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter } from '../../src/chat/rate-limiter.ts';

const signal = new AbortController().signal;

/** When turns asked for at these times come, in milliseconds; `slowAt`: how many turns before the platform complains. */
const turnsOf = async (perSecond: number, asked: readonly number[], slowAt?: number): Promise<number[]> => {
  let time = 0;
  const turns: number[] = [];
  const pace = createRateLimiter({
    perSecond,
    now: () => time,
    sleep: async (ms) => void turns.push(time + ms),
  });
  for (const [place, at] of asked.entries()) {
    time = Math.max(time, at);
    if (place === slowAt) pace.slower();
    const before = turns.length;
    await pace.turn(signal);
    if (turns.length === before) turns.push(time);
  }
  return turns;
};

const mostInASecond = (turns: readonly number[]): number =>
  Math.max(...turns.map((from) => turns.filter((at) => at >= from && at < from + 1_000).length));

describe('the pace of requests', () => {
  it('counts a request from its answer on, a tenth of a second at most', async () => {
    let time = 0;
    const waits: number[] = [];
    const pace = createRateLimiter({ perSecond: 1, now: () => time, sleep: async (ms) => void waits.push(ms) });
    const answered = await pace.turn(signal);
    time = 30;
    answered();
    time = 40;
    (await pace.turn(signal))();
    expect(waits).toEqual([995]);
    time = 1_035;
    const late = await pace.turn(signal);
    time = 9_000;
    late();
    time = 2_050;
    await pace.turn(signal);
    expect(waits.slice(1)).toEqual([1_005, 1_095]);
  });

  it('lets no second hold more than it may, whenever they are asked for, and changes no order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 200 }),
        async (perSecond, times) => {
          const asked = times.toSorted((a, b) => a - b);
          const turns = await turnsOf(perSecond, asked);
          expect(mostInASecond(turns)).toBeLessThanOrEqual(perSecond);
          expect(turns).toEqual(turns.toSorted((a, b) => a - b));
          for (const [place, at] of turns.entries()) expect(at).toBeGreaterThanOrEqual(asked[place] ?? 0);
        },
      ),
    );
  });

  it('sends what a second may hold not all at once, and catches up after a pause', async () => {
    const turns = await turnsOf(100, Array(99).fill(0));
    const ofNine = turns.slice(8).map((at, place) => at - (turns[place] ?? 0));
    expect(Math.min(...ofNine)).toBeGreaterThan(45);
    expect(Math.max(...turns)).toBeLessThan(700);
  });

  it('is 95 percent of what is allowed and more, where there is always more to send', async () => {
    const turns = await turnsOf(500, Array(20_000).fill(0));
    expect(20_000 / ((turns.at(-1) ?? 0) / 1_000)).toBeGreaterThan(0.95 * 500);
  });

  it('is a tenth less after a complaint, and as it was half a minute later', async () => {
    const soon = await turnsOf(40, [...Array(40).fill(0), ...Array(80).fill(2_000)], 40);
    expect(mostInASecond(soon.slice(40))).toBe(35);
    const later = await turnsOf(40, [...Array(40).fill(0), 2_000, ...Array(80).fill(40_000)], 40);
    expect(mostInASecond(later.slice(41))).toBe(39);
  });
});
