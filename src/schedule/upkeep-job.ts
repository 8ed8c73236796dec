import { setImmediate } from 'node:timers/promises';
import type { Watchlist } from '../market/watchlist.ts';
import { openFanouts } from '../store/fanouts.ts';
import type { Store } from '../store/store.ts';
import { brooms } from '../store/upkeep.ts';
import type { Logger } from '../telemetry/log.ts';
import { createPace } from './pace.ts';
import type { Rounds } from './rounds.ts';
import { scheduledJob } from './task.ts';

export interface UpkeepParts {
  readonly store: Store;
  readonly watchlist: Watchlist;
  readonly log: Logger;
}

const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;
const KEPT_DAYS = { cards: 90, notes: 60, answers: 1 };
/** The exchange sleeps, Europe has not had its breakfast, and Seoul's markets have closed. */
const AT = { timeZone: 'America/New_York', plainTime: '03:30' };
/** Pages of the file that are given back at once. */
const PAGES = 64;

/** The first 03:30 of New York after `instant`, epoch milliseconds. */
export const nextNight = (instant: number): number => {
  const today = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(AT.timeZone).toPlainDate();
  const at = (days: number): number => today.add({ days }).toZonedDateTime(AT).epochMilliseconds;
  return at(0) > instant ? at(0) : at(1);
};

/**
 * Deletes every night what nobody needs any more, in pieces of a few milliseconds that are a transaction each, and gives
 * the room back to the disk piece by piece. It steps aside for a fan-out and goes on a minute later.
 */
export const createUpkeepJob = ({ store, watchlist, log }: UpkeepParts): Rounds =>
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
          cardsSince: now - KEPT_DAYS.cards * DAY_MS,
          notesSince: now - KEPT_DAYS.notes * DAY_MS,
          answersSince: now - KEPT_DAYS.answers * DAY_MS,
        };
        for (const { name, sweep } of brooms(kept, (symbol) => watchlist.symbols.has(symbol))) {
          const pace = createPace({ aimMs: 10, fewest: 20, most: 2_000 });
          for (let more = true; more; ) {
            if (await isBusy()) return { counts, againMs: MINUTE_MS };
            let begin = 0;
            const swept = await store.transaction((db) => {
              begin = performance.now();
              return sweep(db, pace.size(), now);
            });
            pace.took(performance.now() - begin);
            counts[name] = (counts[name] ?? 0) + swept.deleted;
            more = swept.more;
            await setImmediate();
          }
        }
        while (store.giveBack(PAGES) > 0) {
          if (await isBusy()) return { counts, againMs: MINUTE_MS };
          await setImmediate();
        }
        return { counts };
      },
    },
    { store, log },
  );
