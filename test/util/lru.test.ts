import { expect, test } from 'vitest';
import { createLru } from '../../src/util/lru.ts';

const filled = (...keys: readonly string[]) => {
  const cache = createLru<string, number>(2);
  for (const [n, key] of keys.entries()) cache.set(key, n);
  return cache;
};

test('holds as many values as its capacity, and drops the one unused for longest', () => {
  const cache = filled('a', 'b');
  expect([cache.get('a'), cache.get('b')]).toEqual([0, 1]);
  cache.set('c', 2);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, 1, 2]);
});

test('a value that was read is used, and so is one that was set again', () => {
  const read = filled('a', 'b');
  read.get('a');
  read.set('c', 2);
  expect([read.get('a'), read.get('b')]).toEqual([0, undefined]);
  const again = filled('a', 'b', 'a', 'c');
  expect([again.get('a'), again.get('b')]).toEqual([2, undefined]);
});

test('a deleted value is gone and leaves room', () => {
  const cache = filled('a', 'b');
  cache.delete('a');
  cache.set('c', 2);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, 1, 2]);
});
