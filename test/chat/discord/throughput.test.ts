import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createRateLimiter } from '../../../src/chat/rate-limiter.ts';
import { createLimits } from '../../doubles/discord/limits.ts';

const MAX_PER_SECOND = 500;
const CARD_COUNT = 2_000;
/** As many as a courier has in flight. */
const MAX_IN_FLIGHT = 32;

/** A clock that jumps to the next awaited time as soon as all work is waiting. */
const createTime = () => {
  let now = 0;
  let waiting: { readonly at: number; readonly go: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms: number): Promise<void> =>
      new Promise((go) => {
        waiting.push({ at: now + ms, go });
      }),
    runUntil: async (isOver: () => boolean): Promise<void> => {
      while (!isOver()) {
        await yieldToEventLoop();
        if (waiting.length === 0) continue;
        const next = Math.min(...waiting.map(({ at }) => at));
        now = next;
        const due = waiting.filter(({ at }) => at === next);
        waiting = waiting.filter(({ at }) => at !== next);
        for (const { go } of due) go();
      }
    },
  };
};

/** Sends cards through the rate limiter with the given travel times, to limits that count like Discord's. */
const send = async (onItsWay: () => number) => {
  const time = createTime();
  const pace = createRateLimiter({ perSecond: MAX_PER_SECOND, ...time });
  const limits = createLimits({ route: { requests: 5, seconds: 5 }, globalPerSecond: MAX_PER_SECOND }, time.now);
  const { signal } = new AbortController();
  let started = 0;
  let ended = 0;
  const refused: number[] = [];
  const worker = async () => {
    while (started < CARD_COUNT) {
      started += 1;
      const channel = started;
      const answered = await pace.acquire(signal);
      await time.sleep(onItsWay());
      if ('refused' in limits.take(`POST /channels/${channel}/messages`)) refused.push(time.now());
      await time.sleep(onItsWay());
      answered();
      ended += 1;
    }
  };
  const all = Array.from({ length: MAX_IN_FLIGHT }, worker);
  await time.runUntil(() => ended === CARD_COUNT);
  await Promise.all(all);
  return { perSecond: CARD_COUNT / (time.now() / 1_000), refused };
};

/** Times between 0 and `most` milliseconds, the same on every run. */
const upTo = (most: number) => {
  let seed = 1;
  return () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return (most * seed) / 2_147_483_647;
  };
};

it.each([1, 3, 6, 12])(
  '2,000 cards go at 95 percent and more of the 500 a second that Discord allows, and none is refused: up to %i ms each way',
  async (most) => {
    const { perSecond, refused } = await send(upTo(most));
    expect(refused).toEqual([]);
    expect(perSecond).toBeGreaterThanOrEqual(0.95 * MAX_PER_SECOND);
  },
);

it('no post is refused on a slow connection either', async () => {
  expect((await send(upTo(50))).refused).toEqual([]);
});
