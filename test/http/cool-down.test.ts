import { expect, test } from 'vitest';
import { createFixedCoolDown, createGrowingCoolDown } from '../../src/http/cool-down.ts';

const MINUTE = 60_000;

test('calls that are throttled together are one miss, and never shorten the pause', () => {
  const pause = createGrowingCoolDown(() => 0);
  expect(pause.begin(0, 5 * MINUTE)).toBe(5 * MINUTE);
  expect(pause.begin(MINUTE, undefined)).toBe(4 * MINUTE);
  expect(pause.left(MINUTE)).toBe(4 * MINUTE);
  expect(pause.begin(5 * MINUTE, undefined)).toBe(2 * MINUTE);
});

test('a shorter request to stay away does not shorten a pause of fixed length', () => {
  const pause = createFixedCoolDown(10 * MINUTE);
  pause.begin(0, undefined);
  pause.begin(MINUTE, 2 * MINUTE);
  expect(pause.left(MINUTE)).toBe(9 * MINUTE);
});
