import { expect, test } from 'vitest';
import { createMultiset } from '../../src/util/multiset.ts';

test('says whether a value has become present or absent', () => {
  const set = createMultiset<number>();
  expect([set.add('a', 1, 1), set.add('a', 1, 2), set.add('a', 1, -1), set.add('a', 1, -2)]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test('a value may be subtracted before it is added, and is absent meanwhile', () => {
  const set = createMultiset<number>();
  expect(set.add('a', 1, -1)).toBe(false);
  expect([set.count('a'), set.values()]).toEqual([-1, []]);
  expect(set.add('a', 1, 1)).toBe(false);
  expect(set.add('a', 1, 1)).toBe(true);
  expect(set.entries()).toEqual([['a', 1, 1]]);
});
