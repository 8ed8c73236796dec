import { expect, test } from 'vitest';
import { createGonePings } from '../../src/chat/gone-pings.ts';

const HOUR = 3_600_000;

test('what the platform said is believed for six hours, and a doubt for ten minutes', async () => {
  let now = 0;
  let answer: boolean | undefined;
  const asked: (readonly [string, string | undefined])[] = [];
  const pings = createGonePings(
    async (...given) => {
      asked.push(given);
      return answer;
    },
    () => now,
  );
  expect(await pings.isGone('R', 'W')).toBe(false);
  answer = true;
  now = HOUR / 6 - 1;
  expect(await pings.isGone('R', 'W')).toBe(false);
  now = HOUR / 6;
  expect(await pings.isGone('R', 'W')).toBe(true);
  answer = false;
  now += 6 * HOUR - 1;
  expect(await pings.isGone('R', 'W')).toBe(true);
  expect(await pings.isGone('another')).toBe(false);
  now += 1;
  expect(await pings.isGone('R', 'W')).toBe(false);
  expect(asked).toEqual([
    ['R', 'W'],
    ['R', 'W'],
    ['another', undefined],
    ['R', 'W'],
  ]);
});
