import { setImmediate } from 'node:timers/promises';
import { EXCHANGE_TIME_ZONE, newYorkClock } from '../market/exchange-time.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { openFanouts } from '../store/fanouts.ts';
import { retentionPolicies } from '../store/retention.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../telemetry/log.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../util/durations.ts';
import { createAdaptiveBatchSize } from './adaptive-batch-size.ts';
import type { PiecewiseJob } from './piecewise-job.ts';
import { runPiece } from './run-piece.ts';
import { createScheduledJob } from './scheduled-job.ts';

export interface UpkeepParts {
  readonly store: Store;
  readonly watchlist: Watchlist;
  readonly log: Logger;
}

const RETENTION_DAYS = { cards: 90, notes: 60, answers: 1, ended: 30 };
/** The exchange is closed, it is early in Europe, and Seoul's markets have closed. */
const NIGHTLY_AT = { timeZone: EXCHANGE_TIME_ZONE, plainTime: '03:30' };
/** Pages of the database file freed in one step. */
const VACUUM_PAGES = 64;

/** The first 03:30 in New York after `instant`; both epoch milliseconds. */
export const nextNight = (instant: number): number => {
  const today = newYorkClock(instant).toPlainDate();
  const at = (days: number): number => today.add({ days }).toZonedDateTime(NIGHTLY_AT).epochMilliseconds;
  return at(0) > instant ? at(0) : at(1);
};

/**
 * Deletes expired rows every night, in transactions of a few milliseconds each, then shrinks the database file step by
 * step. Pauses for a minute while a fan-out is open.
 */
export const createUpkeepJob = ({ store, watchlist, log }: UpkeepParts): PiecewiseJob =>
  createScheduledJob(
    {
      name: 'upkeep',
      retryMs: HOUR_MS,
      dueAfter: nextNight,
      firstDue: (now) => nextNight(now - 1),
      run: async (now, stopping) => {
        const counts: Record<string, number> = {};
        const isBusy = async (): Promise<boolean> => stopping() || (await openFanouts(store.db)).length > 0;
        const cutoffs = {
          cardsSince: now - RETENTION_DAYS.cards * DAY_MS,
          notesSince: now - RETENTION_DAYS.notes * DAY_MS,
          answersSince: now - RETENTION_DAYS.answers * DAY_MS,
          endedSince: now - RETENTION_DAYS.ended * DAY_MS,
        };
        for (const { name, purge } of retentionPolicies(cutoffs, (symbol) => watchlist.symbols.has(symbol))) {
          const batchSize = createAdaptiveBatchSize({ targetMs: 10, min: 20, max: 2_000 });
          for (let more = true; more; ) {
            if (await isBusy()) return { counts, nextRunMs: MINUTE_MS };
            const purged = await runPiece(store, batchSize, (db, size) => purge(db, size, now));
            counts[name] = (counts[name] ?? 0) + purged.deleted;
            more = purged.more;
          }
        }
        while (store.vacuum(VACUUM_PAGES) > 0) {
          if (await isBusy()) return { counts, nextRunMs: MINUTE_MS };
          await setImmediate();
        }
        return { counts };
      },
    },
    { store, log },
  );
