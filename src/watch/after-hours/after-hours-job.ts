import type { Calendar, SessionDate } from '../../market/calendar.ts';
import { changeInBasisPoints, isDown } from '../../market/compare.ts';
import type { AfterHoursQuote } from '../../market/quote.ts';
import { SourceError } from '../../market/source.ts';
import type { Watched } from '../../market/watchlist.ts';
import { createPiecewiseJob, type PiecewiseJob } from '../../schedule/piecewise-job.ts';
import { readAfterHours, type ToldAfterHours } from '../../store/after-hours.ts';
import { isDueAgain } from '../../util/due-again.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import { listedFor } from '../history-pass.ts';
import type { WatchParts } from '../watch-parts.ts';
import type { WatchState } from '../watch-state.ts';
import { confirmedFall, type Trade, withTrade } from './confirmed-fall.ts';
import { type Results, resultsOf } from './report-evening.ts';
import { tellDeeper, tellFall } from './tell.ts';
import { AFTER_HOURS_MS, isUsable } from './usable.ts';

/** Falls that are told, in basis points: of a company that reports that day, and of any other. */
const REPORT_LEVEL = 500;
const LEVEL = 700;
/** A fall that makes an evening worth watching. */
const LOOK_LEVEL = 300;
/** How much deeper a fall goes, at least, for its card to say so, in basis points; and how much later. */
const DEEPER_BY = 500;
const DEEPER_AFTER_MS = 15 * MINUTE_MS;

const LOOK_EVERY_MS = 5 * MINUTE_MS;
const MIN_POLL_MS = MINUTE_MS;

/** What is known of the evening under way. */
interface Evening {
  readonly session: SessionDate;
  readonly told: Map<string, ToldAfterHours>;
  /** By symbol, oldest first. */
  readonly trades: Map<string, readonly Trade[]>;
  /** Sources forget a report day once the results are out. */
  readonly results: Map<string, 'out' | 'due'>;
  askedAt?: number;
  /** Milliseconds until it is asked again. */
  everyMs: number;
}

/** The session whose after-hours trading is under way at `now`, with its closing bell; undefined for none. */
const eveningAt = (
  calendar: Calendar,
  now: number,
): { readonly session: SessionDate; readonly bellAt: number } | undefined => {
  const session = calendar.dayOf(now);
  const bellAt = calendar.hours(session)?.close;
  return bellAt !== undefined && now >= bellAt && now <= bellAt + AFTER_HOURS_MS ? { session, bellAt } : undefined;
};

/** The close of a session as known so far: its bar, or the quote after the bell. Undefined while the unit is in doubt. */
const closeOf = ({ histories, memories }: WatchState, symbol: string, session: SessionDate): number | undefined => {
  const memory = memories.get(symbol);
  if (memory?.doubt) return undefined;
  const bar = histories.bars(symbol).findLast((it) => it.session === session);
  return bar?.close ?? memory?.words?.[session]?.bell?.price;
};

/** Of a fall that is told, the level at which it is so much deeper. */
const deeperLevel = ({ price, close }: ToldAfterHours): number => DEEPER_BY - changeInBasisPoints(price, close);

/**
 * Watches the companies' trades after the bell: on evenings of reports, and once a look has seen one well below its close.
 * Tells a fall once a symbol and evening, and once more, in the same card, if it goes much deeper. None of it reaches the
 * machine, the last quotes or a basket. A failure of the source is left to the next time.
 */
export const createAfterHoursJob = (parts: WatchParts, memory: WatchState): PiecewiseJob => {
  const { watchlist, calendar, source, store, pollMs, log } = parts;
  let evening: Evening | undefined;

  const begin = async (session: SessionDate): Promise<Evening> => ({
    session,
    told: await readAfterHours(store.db, session),
    ...{ trades: new Map(), results: new Map(), everyMs: LOOK_EVERY_MS },
  });

  /** Tells what a symbol's trades say that is not told yet. */
  const judge = async (it: Evening, watched: Watched, quote: AfterHoursQuote, now: number) => {
    const { symbol } = watched;
    const { session, told } = it;
    const trades = it.trades.get(symbol) ?? [];
    const results = it.results.get(symbol);
    const times = { now, opensAt: calendar.hours(calendar.next(session))?.open ?? now };
    const before = told.get(symbol);
    if (!before) {
      if (!confirmedFall(trades, quote.close, results ? REPORT_LEVEL : LEVEL, now)) return;
      told.set(symbol, await tellFall(parts, { watched, quote, session, ...(results && { results }) }, times));
      parts.onAlert?.('after-hours');
      log.info({ symbol, session, price: quote.price, close: quote.close }, 'fall after hours');
      return;
    }
    if (before.deeper || quote.tradeTime < before.tradeTime + DEEPER_AFTER_MS) return;
    const deeper = confirmedFall(trades, before.close, deeperLevel(before), now);
    if (deeper) told.set(symbol, await tellDeeper(parts, before, deeper, times));
  };

  const ask = async (it: Evening, bellAt: number, now: number): Promise<void> => {
    const seven = [...watchlist.symbols.values()].filter(
      ({ kind, sumOf, custom }) => kind === 'stock' && !sumOf && !custom,
    );
    const results: Results = await resultsOf(store.db, parts.ledger(), it.session, now);
    for (const [symbol, state] of results) it.results.set(symbol, state);
    const quotes = await source.afterHours?.(
      seven.map((watched) => listedFor(parts, watched)),
      now,
    );
    let hasMoved = false;
    for (const quote of quotes ?? []) {
      const watched = watchlist.symbols.get(quote.symbol);
      const bell = { at: bellAt, close: closeOf(memory, quote.symbol, it.session) };
      if (!watched || !isUsable(quote, bell, now)) continue;
      hasMoved ||= isDown(quote.price, quote.close, LOOK_LEVEL);
      const before = it.trades.get(quote.symbol) ?? [];
      const trades = withTrade(before, quote);
      it.trades.set(quote.symbol, trades);
      if (trades !== before) await judge(it, watched, quote, now);
    }
    const isReport = seven.some(({ symbol }) => it.results.has(symbol));
    // A fall is confirmed by trades of the last two minutes, which a slow pace would never see.
    it.everyMs = hasMoved ? MIN_POLL_MS : isReport ? Math.max(MIN_POLL_MS, pollMs) : LOOK_EVERY_MS;
  };

  return createPiecewiseJob('after hours', async (now, stopping) => {
    if (stopping()) return;
    const current = eveningAt(calendar, now);
    if (!current || !source.afterHours) {
      evening = undefined;
      return;
    }
    const { session, bellAt } = current;
    // As after a restart: what was seen by a clock that was wrong does not count.
    const isSetBack = evening?.askedAt !== undefined && evening.askedAt > now;
    if (evening?.session !== session || isSetBack) evening = await begin(session);
    if (!isDueAgain(evening.askedAt, evening.everyMs, now)) return;
    evening.askedAt = now;
    try {
      await ask(evening, bellAt, now);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      log.debug({ reason: error.message }, 'no prices after hours');
    }
  });
};
