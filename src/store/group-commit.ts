import type { Db, Store } from './store.ts';
import { StoreError } from './store-error.ts';

/**
 * Works on many things in one transaction: a commit waits for the disk, and one of all takes no longer than one of each.
 * `work` returns a value for each. Where it fails, and the database is sound, each has a transaction of its own, so
 * that one that cannot be worked on keeps none of the others from it.
 */
export const groupCommit = async <Item, Value>(
  store: Store,
  items: readonly Item[],
  work: (db: Db, items: readonly Item[]) => Promise<readonly Value[]>,
): Promise<readonly PromiseSettledResult<Value>[]> => {
  try {
    const values = await store.transaction((db) => work(db, items));
    return values.map((value) => ({ status: 'fulfilled', value }));
  } catch (reason) {
    if (items.length === 1 || reason instanceof StoreError) return items.map(() => ({ status: 'rejected', reason }));
  }
  const alone: PromiseSettledResult<Value>[] = [];
  for (const item of items) alone.push(...(await groupCommit(store, [item], work)));
  return alone;
};
