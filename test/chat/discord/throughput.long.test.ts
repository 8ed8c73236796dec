import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createRateLimiter } from '../../../src/chat/rate-limiter.ts';
import { createLimits } from '../../doubles/discord/limits.ts';

const MAX_PER_SECOND = 500;
/** Of cards. The first second is left out of the rate: a pause before it lets more through. */
const SECONDS = 4;
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
const send = async (onItsWay: () => number, maxPerSecond = MAX_PER_SECOND) => {
  const cardCount = SECONDS * maxPerSecond;
  const time = createTime();
  const pace = createRateLimiter({ perSecond: maxPerSecond, ...time });
  const limits = createLimits({ route: { requests: 5, seconds: 5 }, globalPerSecond: maxPerSecond }, time.now);
  const { signal } = new AbortController();
  let started = 0;
  const endedAt: number[] = [];
  const refused: number[] = [];
  const worker = async () => {
    while (started < cardCount) {
      started += 1;
      const channel = started;
      const answered = await pace.acquire(signal);
      await time.sleep(onItsWay());
      if ('refused' in limits.take(`POST /channels/${channel}/messages`)) refused.push(time.now());
      await time.sleep(onItsWay());
      answered();
      endedAt.push(time.now());
    }
  };
  const all = Array.from({ length: MAX_IN_FLIGHT }, worker);
  await time.runUntil(() => endedAt.length === cardCount);
  await Promise.all(all);
  const sustainedMs = time.now() - (endedAt[maxPerSecond - 1] ?? 0);
  return { ofAllowed: (cardCount / maxPerSecond - 1) / (sustainedMs / 1_000), refused };
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
  '2,000 cards go at 97 percent and more of the 500 a second that Discord allows, and none is refused: up to %i ms each way',
  async (most) => {
    const { ofAllowed, refused } = await send(upTo(most));
    expect(refused).toEqual([]);
    expect(ofAllowed).toBeGreaterThanOrEqual(0.97);
  },
);

it('a distant Discord is sent as many', async () => {
  const more = upTo(10);
  const { ofAllowed, refused } = await send(() => 40 + more(), 50);
  expect(refused).toEqual([]);
  expect(ofAllowed).toBeGreaterThanOrEqual(0.97);
});

it('no post is refused on a slow connection either', async () => {
  expect((await send(upTo(50))).refused).toEqual([]);
});

it('no post is refused where single ones take most of a second', async () => {
  const usual = upTo(10);
  const chance = upTo(1);
  expect((await send(() => (chance() < 0.03 ? 800 * chance() : usual()), 50)).refused).toEqual([]);
});
