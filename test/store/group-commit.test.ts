import { expect, test } from 'vitest';
import { groupCommit } from '../../src/store/group-commit.ts';
import type { Db } from '../../src/store/store.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { addSplits, sessions } from './inspect.ts';
import { openTestStore } from './temporary.ts';

const write = async (db: Db, names: readonly string[]): Promise<readonly string[]> => {
  for (const name of names) {
    await addSplits(db, name);
    if (name === 'bad') throw new TypeError('bad');
  }
  return names;
};

test('an item that fails leaves nothing behind, and the others are written', async () => {
  const store = await openTestStore();
  const ends = await groupCommit(store, ['a', 'bad', 'c'], write);
  expect(ends.map((end) => (end.status === 'fulfilled' ? end.value : 'failed'))).toEqual(['a', 'failed', 'c']);
  expect(await sessions(store)).toEqual(['a', 'c']);
});

test('a database that cannot be written is tried once', async () => {
  const store = await openTestStore();
  let asked = 0;
  const ends = await groupCommit(store, ['a', 'b'], async () => {
    asked += 1;
    throw new StoreError('the disk is full');
  });
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(asked).toBe(1);
});
