import { expect, test } from 'vitest';
import { createChannelSpacing } from '../../../src/chat/slack/channel-spacing.ts';

const { signal } = new AbortController();

/** Waits before posts to a channel at these times, in milliseconds. */
const waitsAt = async (...times: readonly number[]): Promise<number[]> => {
  const waits: number[] = [];
  let time = 0;
  const spacing = createChannelSpacing({ now: () => time, sleep: async (ms) => void waits.push(ms) });
  for (time of times) await spacing.acquire('C1', signal);
  return waits;
};

test('posts to one channel are a second apart, those that wait included', async () => {
  expect(await waitsAt(5_000, 5_200, 7_000, 7_999)).toEqual([800, 1]);
});

test('posts to several channels do not wait for each other', async () => {
  const waits: number[] = [];
  const spacing = createChannelSpacing({ now: () => 5_000, sleep: async (ms) => void waits.push(ms) });
  for (let n = 0; n < 2_000; n += 1) await spacing.acquire(`C${n}`, signal);
  await spacing.acquire('C1999', signal);
  expect(waits).toEqual([1_000]);
});

test('a clock that was set back makes no post wait longer than a second', async () => {
  expect(await waitsAt(60 * 60_000, 0)).toEqual([1_000]);
});
