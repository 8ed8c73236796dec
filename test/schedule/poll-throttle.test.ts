import { expect, test } from 'vitest';
import { createPollThrottle } from '../../src/schedule/poll-throttle.ts';

const INTERVAL = 60_000;

/** The times, in milliseconds, at which a poll is made if it is asked for at these. */
const polledAt = async (...times: readonly number[]): Promise<number[]> => {
  const polled: number[] = [];
  const throttle = createPollThrottle(
    () => INTERVAL,
    async (now) => void polled.push(now),
  );
  for (const time of times) await throttle.run(time);
  return polled;
};

test('polls are an interval apart, however often they are asked for', async () => {
  expect(await polledAt(0, 1, 59_999, 60_000, 60_001, 200_000)).toEqual([0, 60_000, 200_000]);
});

test('a clock that was set back does not stop the polls', async () => {
  expect(await polledAt(10 * INTERVAL, 5 * INTERVAL, 5 * INTERVAL + 1, 6 * INTERVAL)).toEqual([
    10 * INTERVAL,
    5 * INTERVAL,
    6 * INTERVAL,
  ]);
});

test('a poll’s fault is passed on, and the next poll waits for the interval', async () => {
  let polls = 0;
  const throttle = createPollThrottle(
    () => INTERVAL,
    async () => {
      polls += 1;
      throw new Error('no answer');
    },
  );
  await expect(throttle.run(0)).rejects.toThrow('no answer');
  await throttle.run(1);
  expect(polls).toBe(1);
});

test('a stop begins no new poll, waits for the one under way, and keeps its fault to itself', async () => {
  const polling = Promise.withResolvers<void>();
  let polls = 0;
  const throttle = createPollThrottle(
    () => INTERVAL,
    () => {
      polls += 1;
      return polling.promise;
    },
  );
  const run = throttle.run(0);
  let stopped = false;
  const stop = throttle.stop().then(() => {
    stopped = true;
  });
  await throttle.run(INTERVAL);
  expect({ polls, stopped }).toEqual({ polls: 1, stopped: false });
  polling.reject(new Error('cut short'));
  await run;
  await stop;
});
