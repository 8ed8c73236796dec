import type { Calendar } from '../market/calendar.ts';
import { newYorkClock, newYorkTime } from '../market/exchange-time.ts';
import { fromMicros, type Micros } from '../market/money.ts';
import type { Doubt } from '../market/price-memory.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { believedPriceOf, type WatchState } from './watch-state.ts';

/** A question about a symbol's prices that has not settled by itself in time, for whoever runs the bot. */
export interface LongOpen {
  readonly symbol: string;
  readonly what: 'price' | 'jump' | 'unit' | 'close' | 'first history';
  /** One sentence: what is open, since when, and what that means. */
  readonly text: string;
}

/** In a session, prices settle within a few polls. */
const SETTLED_WITHIN_MS = 15 * MINUTE_MS;
/** New York time by which every source has had a session's close for an hour and a half at least. */
const CLOSE_KNOWN_BY = '18:00';

const decimal = (price: Micros): string => fromMicros(price).toFixed(2);

/** "10:02 New York", with the day if it is another. */
const since = (at: number, now: number): string => {
  const clock = newYorkClock(at);
  const day = clock.toPlainDate().toString();
  const time = clock.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${newYorkClock(now).toPlainDate().toString() === day ? '' : `${day} `}${time} New York`;
};

const unitText = (symbol: string, doubt: Doubt, ours: Micros | undefined, now: number): string => {
  const factor = doubt.factor ?? 1;
  const closes = ours === undefined ? '' : ` (previous close ${decimal(ours * factor)}, ours ${decimal(ours)})`;
  return doubt.reason === 'split told'
    ? `${symbol}: a split has been told since ${since(doubt.since, now)} that the prices do not follow; waiting for the history.`
    : `${symbol}: prices have counted in another unit since ${since(doubt.since, now)}${closes}. Falls are judged by ${doubt.explained ? "the source's own previous close" : 'the milder of both'}; waiting for the history.`;
};

/** A refusal that says nothing about the source: nobody has traded since. */
const NO_TRADE = 'not newer';

/**
 * What has been open for too long: no usable price of one symbol for a quarter of an hour of a session, a jump or a doubt for as long, a close that waits at 18:00 New
 * York, a first history in doubt. By symbol, in the watchlist's order. `refused`: why the last quote of a symbol was not used, while
 * those of others were.
 */
export const openTooLong = (
  memory: WatchState,
  { symbols }: Pick<Watchlist, 'symbols'>,
  calendar: Calendar,
  now: number,
  refused: ReadonlyMap<string, string> = new Map(),
): LongOpen[] => {
  const isOpen = calendar.isOpen(now);
  const isLong = (from: number): boolean => isOpen && now - from > SETTLED_WITHIN_MS;
  const last = calendar.lastFinal(now);
  const areClosesDue = now >= newYorkTime(last, CLOSE_KNOWN_BY);
  return [...symbols.values()].flatMap(({ symbol, custom }): LongOpen[] => {
    const { doubt, jump } = memory.memories.get(symbol) ?? {};
    const waiting = memory.waiting.get(symbol) ?? [];
    const bars = memory.histories.bars(symbol);
    if (doubt?.reason === 'first history' || waiting.some(({ because }) => because === 'history in doubt')) {
      const text = `${symbol}: its first history is in doubt; until another answer agrees, only falls of a day are told.`;
      return [{ symbol, what: 'first history', text }];
    }
    const found: LongOpen[] = [];
    const refusal = refused.get(symbol);
    const pricedAt = Math.max(calendar.hours(calendar.dayOf(now))?.open ?? 0, memory.quotes.get(symbol)?.seenAt ?? 0);
    // A ticker that a channel has added may be gone for good.
    const isAsked = !custom && refusal !== undefined && refusal !== NO_TRADE && !doubt && !jump;
    if (isAsked && isLong(pricedAt)) {
      const text = `${symbol}: no usable price since ${since(pricedAt, now)} (${refusal}).`;
      found.push({ symbol, what: 'price', text });
    }
    if (doubt && isLong(doubt.since))
      found.push({ symbol, what: 'unit', text: unitText(symbol, doubt, bars.at(-1)?.close, now) });
    if (jump && isLong(jump.since)) {
      const before = believedPriceOf(memory, calendar, symbol)?.price;
      const from = before === undefined ? '' : ` from ${decimal(before)}`;
      const text = `${symbol}: a jump${from} to ${decimal(jump.price)} has waited since ${since(jump.since, now)}; nothing confirms it.`;
      found.push({ symbol, what: 'jump', text });
    }
    const close = areClosesDue ? waiting.find(({ session }) => session >= last) : undefined;
    if (close) {
      const text = `${symbol}: the close of ${close.session} is not confirmed (${close.because}); its levels wait.`;
      found.push({ symbol, what: 'close', text });
    }
    return found;
  });
};
