import type { Bar } from '../market/bar.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { Peak } from '../stories/slide-story.ts';
import { productAtMost } from './compare.ts';

/** Final closes of one symbol, oldest first; the two lists run side by side. */
export interface Closes {
  readonly sessions: readonly SessionDate[];
  readonly closes: readonly Micros[];
}

export const closesOf = (bars: readonly Bar[]): Closes => ({
  sessions: bars.map(({ session }) => session),
  closes: bars.map(({ close }) => close),
});

/**
 * The highest of the last `window` of the first `count` closes, with the latest session that set it, seen from
 * the session that follows them. Undefined where there is no close.
 */
export const peakOf = ({ sessions, closes }: Closes, count: number, window: number): Peak | undefined => {
  let at = -1;
  let price = 0;
  for (let i = Math.max(0, count - window); i < count; i += 1) {
    const close = closes[i] as Micros;
    if (close >= price) {
      price = close;
      at = i;
    }
  }
  return at < 0 ? undefined : { price, session: sessions[at] as SessionDate, sessions: count - at };
};

/** The latest of the first `count` closes, the first of them left out, whose session's one-day change is as `matches` wants it. */
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
 * The latest earlier session whose one-day change was as bad as price / previous - 1 or worse; null where none
 * of the first `count` closes has one. Compared by cross-multiplication, so without rounding.
 */
export const worstSince = (closes: Closes, count: number, price: Micros, previous: Micros): SessionDate | null =>
  latestDay(closes, count, (close, before) => productAtMost(close, previous, price, before));

/** The same the other way round: the latest earlier session whose one-day change was as good or better. */
export const bestSince = (closes: Closes, count: number, price: Micros, previous: Micros): SessionDate | null =>
  latestDay(closes, count, (close, before) => productAtMost(price, before, close, previous));
