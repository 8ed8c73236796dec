import { setImmediate } from 'node:timers/promises';
import type { Db, Store } from '../store/store.ts';
import type { AdaptiveBatchSize } from './adaptive-batch-size.ts';

/**
 * Does one piece of a long job in a transaction, then lets other work run. The batch size adapts to the time that
 * `work` and its commit took; waiting for other transactions does not count.
 */
export const runPiece = async <T>(
  store: Store,
  batchSize: AdaptiveBatchSize,
  work: (db: Db, size: number) => Promise<T>,
): Promise<T> => {
  let startedAt = 0;
  const result = await store.transaction((db) => {
    startedAt = performance.now();
    return work(db, batchSize.size());
  });
  batchSize.took(performance.now() - startedAt);
  await setImmediate();
  return result;
};
