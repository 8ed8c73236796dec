import { expect, test } from 'vitest';
import { createLimiter } from '../../commands/limiter.ts';

const twice = { count: 2, perMs: 1000 };

test('questions beyond the limit wait until the first one is old enough', () => {
  const wait = createLimiter(twice);
  expect([wait('a', 0), wait('a', 400), wait('a', 500)]).toEqual([0, 0, 500]);
  expect(wait('a', 999)).toBe(1);
  expect(wait('a', 1000)).toBe(0);
});

test('a question at the very end of the wait counts like any other', () => {
  const wait = createLimiter({ count: 1, perMs: 1000 });
  expect([wait('a', 0), wait('a', 1000), wait('a', 1500)]).toEqual([0, 0, 500]);
});

test('refused questions do not extend the wait', () => {
  const wait = createLimiter(twice);
  wait('a', 0);
  wait('a', 0);
  for (let at = 1; at < 1000; at += 1) expect(wait('a', at)).toBe(1000 - at);
  expect([wait('a', 1000), wait('a', 1000)]).toEqual([0, 0]);
});

test('each person is counted separately', () => {
  const wait = createLimiter(twice);
  wait('a', 0);
  wait('a', 0);
  expect([wait('a', 0) > 0, wait('b', 0)]).toEqual([true, 0]);
});

test('a clock that is set back blocks nobody', () => {
  const wait = createLimiter(twice);
  wait('a', 1_000_000);
  wait('a', 1_000_000);
  expect(wait('a', 10)).toBe(0);
});

test('beyond the maximum of people, those who asked longest ago are dropped', () => {
  const wait = createLimiter({ count: 1, perMs: 1000 });
  wait('first', 0);
  for (let person = 0; person < 10_000; person += 1) wait(`person ${person}`, 1);
  expect(wait('first', 2)).toBe(0);
  expect(wait('person 9999', 2)).toBeGreaterThan(0);
});
