import { STEP_MS } from '../clock/set-watch.ts';
import type { Calendar } from '../market/calendar.ts';
import { SourceError, type SourceList, type Speakers } from '../market/source.ts';
import { whatHelps } from '../market/what-helps.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { applyRuleChanges } from './apply-rule-changes.ts';
import { createConfirmations } from './confirmations.ts';
import { createDataGapMonitor } from './data-gap.ts';
import { historyPass, listedFor } from './history-pass.ts';
import { createHistorySchedule, forgetRemoved } from './history-schedule.ts';
import { type LongOpen, openTooLong } from './open-too-long.ts';
import { type QuotePass, quotePass } from './quote-pass.ts';
import type { WatchParts } from './watch-parts.ts';
import { loadWatchState, reloadWatchState, type WatchState } from './watch-state.ts';

export interface WatchHealth {
  /** Why the last poll brought no prices; absent if it did. */
  readonly problem?: string;
  /** When a poll last succeeded, epoch milliseconds. */
  readonly goodAt?: number;
  /** Why the last quote was not used, by symbol. */
  readonly refused: ReadonlyMap<string, string>;
  /** Which source speaks; absent without a backup. */
  readonly speakers?: SourceList;
}

export interface Watcher {
  readonly memory: WatchState;
  /**
   * Fetches the histories that are due, and quotes while the exchange is open. A source's failure is reported by
   * `health`, not thrown. @throws StoreError
   */
  poll(now: number): Promise<void>;
  /**
   * Between two polls: asks for the symbols whose crossing waits for a second quote, once each is due. A failure of the
   * source is left to the next poll. @throws StoreError
   */
  confirm(now: number): Promise<void>;
  health(): WatchHealth;
}

/** The most frequent refusal, in brackets; empty for none. */
const mainRefusal = (refused: WatchHealth['refused']): string => {
  const counts = Map.groupBy(refused.values(), (reason) => reason);
  const [most] = [...counts].toSorted(([, a], [, b]) => b.length - a.length);
  return most ? ` (${most[0]})` : '';
};

/** The sources of the symbols that are watched now. */
const watchedOnly = (list: SourceList | undefined, { symbols }: WatchParts['watchlist']): SourceList | undefined => {
  const watched = ({ bySymbol, failing }: Speakers): Speakers => ({
    bySymbol: new Map([...bySymbol].filter(([symbol]) => symbols.has(symbol))),
    failing,
  });
  return list && { ...list, quotes: watched(list.quotes), histories: watched(list.histories) };
};

/** The quote after the bell is the session's close: it is asked for so long. */
const AFTER_BELL_MS = 30 * MINUTE_MS;

const isAfterBell = (calendar: Calendar, now: number): boolean => {
  const close = calendar.hours(calendar.dayOf(now))?.close;
  return close !== undefined && now >= close && now < close + AFTER_BELL_MS;
};

/** A poll at a time that turns out to be off by more than this is not made. */
const MAX_TIME_OFF_MS = MINUTE_MS;

/** Asks the source first if it is in doubt what time it is; false if an answer says that it is not `now`. */
const isTimeRight = async (parts: WatchParts, now: number): Promise<boolean> => {
  const { botClock, watchlist, source, log } = parts;
  const asked = [...watchlist.symbols.values()].find(({ sumOf }) => !sumOf);
  if (!asked || !botClock?.isInDoubt()) return true;
  try {
    await source.quotes([listedFor(parts, asked)], now);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    log.debug({ reason: error.message }, 'nobody tells the time');
  }
  const isContradicted = botClock.isInDoubt() && botClock.suspected() !== undefined;
  return !isContradicted && Math.abs(botClock.now() - now) <= MAX_TIME_OFF_MS;
};

/**
 * Watches every symbol of the watchlist, which may change between two polls, through one source. A poll depends only on
 * `now` and on what the store holds.
 */
export const createWatcher = async (parts: WatchParts, startedAt: number): Promise<Watcher> => {
  const { store, watchlist, calendar, log } = parts;
  const memory = await loadWatchState(store.db, watchlist, parts.rules, calendar, startedAt);
  let schedule = createHistorySchedule(watchlist);
  const confirmations = createConfirmations();
  let polledAt = startedAt;
  let moved = parts.botClock?.moves();
  const dataGap = await createDataGapMonitor(parts, memory, startedAt);
  let loggedFailure: string | undefined;
  /** Of the failure that was logged last: its sentence may count down the seconds to the next request. */
  let loggedFault: string | undefined;
  let longOpen = new Set<string>();
  const logLongOpen = (open: readonly LongOpen[]): void => {
    for (const { symbol, what, text } of open)
      if (!longOpen.has(`${symbol} ${what}`)) log.warn({ symbol, what, reason: text }, 'prices are not settled');
    longOpen = new Set(open.map(({ symbol, what }) => `${symbol} ${what}`));
  };
  let health: WatchHealth = { refused: new Map() };
  const currentHealth = (): WatchHealth => {
    const speakers = watchedOnly(parts.source.speakers?.(), watchlist);
    const current = { ...health, ...(speakers && { speakers }) };
    if (health.problem !== undefined || dataGap.gapSince() === undefined) return current;
    return { ...current, problem: `No usable quote${mainRefusal(health.refused)}` };
  };
  return {
    memory,
    health: currentHealth,
    poll: async (now) => {
      if (!(await isTimeRight(parts, now))) return;
      let usable = 0;
      const movedNow = parts.botClock?.moves();
      if (now < polledAt - STEP_MS || moved !== movedNow) {
        // As after a restart: what was read and noted by a wrong clock does not count.
        await reloadWatchState(memory, store.db, watchlist, parts.rules, calendar, now);
        schedule = createHistorySchedule(watchlist);
        confirmations.reset();
      }
      polledAt = now;
      moved = movedNow;
      forgetRemoved(schedule, memory, watchlist);
      await applyRuleChanges(parts, memory, now);
      try {
        const own = [...watchlist.symbols.values()].flatMap(({ symbol, sumOf }) => (sumOf ? [] : symbol));
        const afterBell = isAfterBell(calendar, now);
        const isWatched = afterBell || calendar.isOpen(now) || parts.pollOutsideSessions;
        const askQuotes = async (failure?: SourceError): Promise<QuotePass> => {
          // A throttling source is not asked again at once, unless another can stand in for it.
          const mayAsk = failure?.fault !== 'throttled' || parts.source.confirm !== undefined;
          return isWatched && mayAsk && own.some((symbol) => !schedule.waiting.has(symbol))
            ? quotePass(parts, memory, schedule, now)
            : { used: 0, refused: health.refused, confirmedSoon: new Map() };
        };
        // Before the bell a history may hold a split that its quotes are judged by; after it, a quote is what the close is.
        const early = afterBell ? await askQuotes() : undefined;
        const failure = await historyPass(parts, memory, schedule, now);
        const { used, refused, confirmedSoon } = early ?? (await askQuotes(failure));
        usable = used;
        confirmations.note(confirmedSoon, now);
        if (failure && used === 0) throw failure;
        if (failure && failure.message !== loggedFailure)
          log.warn({ reason: failure.message }, 'price history missing; symbol not watched yet');
        loggedFailure = failure?.message;
        if (health.problem !== undefined) log.info('prices are back');
        loggedFault = undefined;
        health = { goodAt: now, refused };
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        const remedy =
          error instanceof SourceError
            ? whatHelps(error, { hasBackup: parts.source.confirm !== undefined })
            : undefined;
        const fault = error instanceof SourceError ? error.fault : problem;
        if (loggedFault !== fault) log.warn({ reason: problem, ...(remedy && { remedy }) }, 'no prices');
        loggedFault = fault;
        if (fault === 'throttled') confirmations.throttled(now);
        health = { ...health, problem };
        if (!(error instanceof SourceError)) throw error;
      } finally {
        // Whatever went wrong, no price came.
        await dataGap.note(usable, now);
        const { problem, refused } = currentHealth();
        logLongOpen(openTooLong(memory, watchlist, calendar, now, problem === undefined ? refused : undefined));
      }
    },
    confirm: async (now) => {
      if (moved !== parts.botClock?.moves()) return;
      const asked = new Set([...confirmations.take(now)].flatMap((it) => watchlist.symbols.get(it)?.sumOf ?? it));
      if (asked.size === 0) return;
      try {
        const { confirmedSoon } = await quotePass(parts, memory, schedule, now, asked);
        confirmations.note(confirmedSoon, now);
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        if (error.fault === 'throttled') confirmations.throttled(now);
        log.debug({ reason: error.message }, 'crossing not confirmed out of turn');
      }
    },
  };
};
