import type { Bar } from '../market/bar.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { productAtMost } from '../market/compare.ts';
import type { Micros } from '../market/money.ts';
import type { Peak } from '../stories/slide-story.ts';

/** Final closes of one symbol, oldest first, as parallel lists. */
export interface Closes {
  readonly sessions: readonly SessionDate[];
  readonly closes: readonly Micros[];
  /** The number of each session, counted by the calendar, so that a missing bar counts; absent if none is missing. */
  readonly numbers?: readonly number[];
}

/** The sessions' numbers, counted from the first; undefined if they are the indexes. */
const numbersOf = (bars: readonly Bar[], calendar: Calendar): number[] | undefined => {
  const numbers = [0];
  let isGapless = true;
  for (let at = 1; at < bars.length; at += 1) {
    const sessions = calendar.knownBetween(bars[at - 1]?.session ?? '', bars[at]?.session ?? '');
    if (sessions > 1) isGapless = false;
    numbers.push((numbers[at - 1] ?? 0) + Math.max(1, sessions));
  }
  return isGapless ? undefined : numbers;
};

/** Bars are replaced, never changed, so their closes are made once and not at every quote. */
const cached = new WeakMap<readonly Bar[], Map<Calendar | undefined, Closes>>();

const makeCloses = (bars: readonly Bar[], calendar: Calendar | undefined): Closes => {
  const numbers = calendar && numbersOf(bars, calendar);
  return {
    sessions: bars.map(({ session }) => session),
    closes: bars.map(({ close }) => close),
    ...(numbers && { numbers }),
  };
};

/** The closes of bars; with a calendar, windows and ages count the sessions without a bar, too. */
export const closesOf = (bars: readonly Bar[], calendar?: Calendar): Closes => {
  const known = cached.get(bars) ?? new Map<Calendar | undefined, Closes>();
  cached.set(bars, known);
  const closes = known.get(calendar) ?? makeCloses(bars, calendar);
  known.set(calendar, closes);
  return closes;
};

/** The number of the session that follows the first `count` closes, and the index at which its window begins. */
const windowBefore = (
  { numbers }: Closes,
  count: number,
  window: number,
  missing: number,
): { readonly next: number; readonly first: number } => {
  const next = (numbers?.[count - 1] ?? count - 1) + 1 + missing;
  // A session's number is its index or more, so the window begins here or, with sessions missing, earlier.
  let first = Math.min(count, Math.max(0, next - window));
  if (numbers) while (first > 0 && next - (numbers[first - 1] as number) <= window) first -= 1;
  return { next, first };
};

/**
 * The highest of the last `window` of the first `count` closes. Of equal ones the latest, with its age counted from the
 * session that follows them. `missing`: sessions without a bar after them. Undefined without a close.
 */
export const peakOf = (all: Closes, count: number, window: number, missing = 0): Peak | undefined => {
  const { sessions, closes, numbers } = all;
  const { next, first } = windowBefore(all, count, window, missing);
  let at = -1;
  let price = 0;
  for (let i = first; i < count; i += 1) {
    const close = closes[i] as Micros;
    if (close >= price) {
      price = close;
      at = i;
    }
  }
  return at < 0 ? undefined : { price, session: sessions[at] as SessionDate, sessions: next - (numbers?.[at] ?? at) };
};

/** The lowest of these closes, as `peakOf` is the highest. */
const lowOf = (all: Closes, count: number, window: number, missing: number): Peak | undefined => {
  const { sessions, closes, numbers } = all;
  const { next, first } = windowBefore(all, count, window, missing);
  let at = -1;
  let price = Number.POSITIVE_INFINITY;
  for (let i = first; i < count; i += 1) {
    const close = closes[i] as Micros;
    if (close <= price) {
      price = close;
      at = i;
    }
  }
  return at < 0 ? undefined : { price, session: sessions[at] as SessionDate, sessions: next - (numbers?.[at] ?? at) };
};

/** A price that is measured from the closes before it. */
export interface MeasuredPrice {
  readonly price: Micros;
  readonly session: SessionDate;
  /** Whether the price is its session's close. */
  readonly final: boolean;
  /** Sessions without a bar between the last close and the price's session. */
  readonly missing?: number;
}

/**
 * The peak of the window that a price after the first `count` closes is measured from. A final close is the last of its
 * own window; a quote follows the window. A price that no close exceeds is its own peak, 0 sessions ago.
 */
export const peakAbove = (
  closes: Closes,
  count: number,
  window: number,
  { price, session, final, missing = 0 }: MeasuredPrice,
): Peak => {
  const peak = peakOf(closes, count, final ? window - 1 : window, missing);
  return peak && peak.price > price ? peak : { price, session, sessions: 0 };
};

/** The low of the window that a price is measured from, as `peakAbove` is the peak. A price below all closes is its own low. */
export const lowBelow = (
  closes: Closes,
  count: number,
  window: number,
  { price, session, final, missing = 0 }: MeasuredPrice,
): Peak => {
  const low = lowOf(closes, count, final ? window - 1 : window, missing);
  return low && low.price < price ? low : { price, session, sessions: 0 };
};

/** The latest of the first `count` closes, without the very first, that `matches` together with the close before it. */
const latestDay = (
  { sessions, closes }: Closes,
  count: number,
  matches: (close: Micros, previous: Micros) => boolean,
): SessionDate | null => {
  for (let i = count - 1; i > 0; i -= 1)
    if (matches(closes[i] as Micros, closes[i - 1] as Micros)) return sessions[i] as SessionDate;
  return null;
};

/**
 * The latest session among the first `count` whose one-day change was as bad as `price / previous - 1` or worse; null
 * for none. Exact.
 */
export const worstSince = (closes: Closes, count: number, price: Micros, previous: Micros): SessionDate | null =>
  latestDay(closes, count, (close, before) => productAtMost(close, previous, price, before));

/** The latest session among the first `count` whose one-day change was as good or better; null for none. Exact. */
export const bestSince = (closes: Closes, count: number, price: Micros, previous: Micros): SessionDate | null =>
  latestDay(closes, count, (close, before) => productAtMost(price, before, close, previous));
