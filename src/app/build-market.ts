import type { PiecewiseJob } from '../schedule/piecewise-job.ts';
import { writeJobRun } from '../store/job-runs.ts';
import type { Store } from '../store/store.ts';
import { createAfterHoursJob } from '../watch/after-hours/after-hours-job.ts';
import type { HistoryPassResult, WatchParts } from '../watch/watch-parts.ts';
import { createWatcher, type Watcher } from '../watch/watcher.ts';
import type { ChannelParts } from './build-channels.ts';
import type { StoreParts } from './build-store.ts';
import type { BuildContext } from './options.ts';

const noteHistoryRun =
  (store: Store) =>
  ({ failed, fetched, now, tookMs, nextAt }: HistoryPassResult): Promise<void> => {
    const result = failed === undefined ? { counts: { symbols: fetched } } : { failed };
    return writeJobRun(store.db, { name: 'history', ranAt: now, tookMs, result, nextAt });
  };

export interface MarketParts {
  readonly watcher: Watcher;
  readonly afterHours: PiecewiseJob;
}

/** The market's road: source, quotes and histories, state machine, and its alerts into the outbox. */
export const buildMarket = async (parts: BuildContext & StoreParts & ChannelParts): Promise<MarketParts> => {
  const { options, timeZone, config, source, store, metrics, factStore, registry } = parts;
  const { watchlist, calendar, companies } = config;
  const { log, clock, pollMs, pollOutsideSessions } = options;
  const watch: WatchParts = {
    ...{ watchlist, calendar, companies, timeZone, source, store, log, pollMs, pollOutsideSessions },
    rules: registry.effectiveRules,
    ledger: factStore.ledger,
    ...(options.botClock && { botClock: options.botClock }),
    onHistoryPass: noteHistoryRun(store),
    onRefused: metrics.refusedQuote,
    onHistory: metrics.history,
    onAlert: metrics.alert,
  };
  const watcher = await createWatcher(watch, clock());
  const { memories, waiting } = watcher.memory;
  metrics.watchPrices(() => ({
    doubts: [...memories].flatMap(([symbol, { doubt }]) => (doubt ? symbol : [])),
    barsWaiting: waiting.values().reduce((sum, { length }) => sum + length, 0),
  }));
  return { watcher, afterHours: createAfterHoursJob(watch, watcher.memory) };
};
