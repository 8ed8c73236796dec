import { setImmediate } from 'node:timers/promises';
import { createAdaptiveBatchSize } from '../schedule/adaptive-batch-size.ts';
import { createPiecewiseJob, type PiecewiseJob } from '../schedule/piecewise-job.ts';
import { openFanouts, readOpenFanout } from '../store/fanouts.ts';
import type { Store } from '../store/store.ts';
import { fanOut, priorityOf } from './fan-out.ts';
import type { RouteParts } from './route.ts';

export interface FanOutJobParts extends RouteParts {
  readonly store: Store;
}

/**
 * Turns what is owed to many channels into deliveries, in pieces: each is a transaction of its own that also notes how
 * far it came, so that a crash at any point neither loses nor doubles any, and between two of them everything else has
 * its turn. Alerts come before digests, and of equals the older.
 */
export const createFanOutJob = ({ store, ...parts }: FanOutJobParts): PiecewiseJob => {
  // A commit costs as much as a hundred rows: pieces that are smaller only make the whole longer.
  const pace = createAdaptiveBatchSize({ aimMs: 7, fewest: 200, most: 4_000 });
  return createPiecewiseJob('fan-out', async (now, stopping) => {
    while (!stopping()) {
      const [first] = (await openFanouts(store.db)).toSorted(
        (a, b) => priorityOf(a.plan) - priorityOf(b.plan) || a.id - b.id,
      );
      if (!first) return;
      let begin = 0;
      await store.transaction(async (db) => {
        begin = performance.now();
        const fanout = await readOpenFanout(db, first.id);
        if (fanout) await fanOut(db, parts, fanout, pace.size(), now);
      });
      pace.took(performance.now() - begin);
      await setImmediate();
    }
  });
};
