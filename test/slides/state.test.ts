import { expect, test } from 'vitest';
import { deeperFall } from '../../src/slides/state.ts';
import { sessionAt } from './samples.ts';

const fallen = (level: number, n: number) => ({ level, peakSession: sessionAt(n) });

test('the deeper of two falls is kept, and of equal ones the first', () => {
  expect(deeperFall(fallen(1_000, 0), fallen(2_000, 1))).toEqual(fallen(2_000, 1));
  expect(deeperFall(fallen(2_000, 0), fallen(1_000, 1))).toEqual(fallen(2_000, 0));
  expect(deeperFall(fallen(1_000, 0), fallen(1_000, 1))).toEqual(fallen(1_000, 0));
  expect(deeperFall(undefined, fallen(1_000, 1))).toEqual(fallen(1_000, 1));
});
