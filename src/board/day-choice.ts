import type { AsOf } from '../facts/known-from.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import { isDay } from '../market/is-day.ts';
import type { Day } from '../util/day.ts';

/** The day, in New York, as known at the end of which a page shows figures; for today it is now. */
export interface DayChoice {
  readonly day: Day;
  readonly asOf: AsOf;
  readonly first: Day;
  readonly today: Day;
}

/**
 * The day that a reader has asked for: one that is none, or out of the time from `first` to `now` (epoch milliseconds),
 * becomes the nearest that can be shown.
 */
export const dayChoice = (asked: string | undefined, first: Day | undefined, now: number): DayChoice => {
  const today = newYorkDay(now);
  const from = first ?? today;
  const wanted = asked !== undefined && isDay(asked) ? asked : today;
  const day = wanted < from ? from : wanted > today ? today : wanted;
  return { day, asOf: day === today ? now : day, first: from, today };
};
