import type { Db, Store } from './store.ts';
import { StoreError } from './store-error.ts';

/**
 * Handles many items in one transaction: a commit waits for the disk, and takes as long for many as for one.
 * `work` returns one value for each item. If it fails for another reason than the database (StoreError), each item gets
 * a transaction of its own, so that only the failing ones fail.
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
  const results: PromiseSettledResult<Value>[] = [];
  for (const item of items) results.push(...(await groupCommit(store, [item], work)));
  return results;
};
