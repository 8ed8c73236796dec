import { setImmediate } from 'node:timers/promises';
import { EXCHANGE_TIME_ZONE, newYorkClock } from '../market/exchange-time.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { openFanouts } from '../store/fanouts.ts';
import { retentionPolicies } from '../store/retention.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../telemetry/log.ts';
import { createAdaptiveBatchSize } from './adaptive-batch-size.ts';
import type { PiecewiseJob } from './piecewise-job.ts';
import { runPiece } from './run-piece.ts';
import { scheduledJob } from './task.ts';

export interface UpkeepParts {
  readonly store: Store;
  readonly watchlist: Watchlist;
  readonly log: Logger;
}

const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;
const RETENTION_DAYS = { cards: 90, notes: 60, answers: 1 };
/** The exchange sleeps, Europe has not had its breakfast, and Seoul's markets have closed. */
const NIGHTLY_AT = { timeZone: EXCHANGE_TIME_ZONE, plainTime: '03:30' };
/** Pages of the file that are given back at once. */
const VACUUM_PAGES = 64;

/** The first 03:30 of New York after `instant`, epoch milliseconds. */
export const nextNight = (instant: number): number => {
  const today = newYorkClock(instant).toPlainDate();
  const at = (days: number): number => today.add({ days }).toZonedDateTime(NIGHTLY_AT).epochMilliseconds;
  return at(0) > instant ? at(0) : at(1);
};

/**
 * Deletes every night what nobody needs any more, in pieces of a few milliseconds that are a transaction each, and gives
 * the room back to the disk piece by piece. It steps aside for a fan-out and goes on a minute later.
 */
export const createUpkeepJob = ({ store, watchlist, log }: UpkeepParts): PiecewiseJob =>
  scheduledJob(
    {
      name: 'upkeep',
      againMs: 3_600_000,
      dueAfter: nextNight,
      firstDue: (now) => nextNight(now - 1),
      run: async (now, stopping) => {
        const counts: Record<string, number> = {};
        const isBusy = async (): Promise<boolean> => stopping() || (await openFanouts(store.db)).length > 0;
        const kept = {
          cardsSince: now - RETENTION_DAYS.cards * DAY_MS,
          notesSince: now - RETENTION_DAYS.notes * DAY_MS,
          answersSince: now - RETENTION_DAYS.answers * DAY_MS,
        };
        for (const { name, purge } of retentionPolicies(kept, (symbol) => watchlist.symbols.has(symbol))) {
          const batchSize = createAdaptiveBatchSize({ aimMs: 10, fewest: 20, most: 2_000 });
          for (let more = true; more; ) {
            if (await isBusy()) return { counts, againMs: MINUTE_MS };
            const purged = await runPiece(store, batchSize, (db, size) => purge(db, size, now));
            counts[name] = (counts[name] ?? 0) + purged.deleted;
            more = purged.more;
          }
        }
        while (store.vacuum(VACUUM_PAGES) > 0) {
          if (await isBusy()) return { counts, againMs: MINUTE_MS };
          await setImmediate();
        }
        return { counts };
      },
    },
    { store, log },
  );
