import { newYorkClock, newYorkDay, newYorkTime } from '../../market/exchange-time.ts';
import { type Day, daysBetween } from '../../util/day.ts';

/** When EDGAR accepted a filing, which is when it was out at the latest. */
export interface Acceptance {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Whether that is the minute. Otherwise it is a bound: the filing was there by then. */
  readonly exact: boolean;
}

/** What is accepted later counts as filed on the next business day. New York. */
const LAST_OF_DAY = '17:30';
const OPENS = '06:00';
const CLOSES = '22:00';

/** Longest way to the next business day: from a Thursday to the Monday after a holiday, and a day to spare. */
const MAX_DAYS_TO_FILING = 5;

const clockOf = (instant: number): string => newYorkClock(instant).toPlainTime().toString({ smallestUnit: 'minute' });

/** Whether EDGAR can have accepted a filing dated `filed` at an instant. */
const isPossible = (instant: number, filed: Day): boolean => {
  const { dayOfWeek } = newYorkClock(instant);
  const clock = clockOf(instant);
  if (dayOfWeek > 5 || clock < OPENS || clock > CLOSES) return false;
  const day = newYorkDay(instant);
  if (instant <= newYorkTime(day, LAST_OF_DAY)) return day === filed;
  return day < filed && daysBetween(day, filed) <= MAX_DAYS_TO_FILING;
};

/** From 09:30 to 16:00, when hardly any company files. */
const isInTradingHours = (instant: number): boolean => {
  const clock = clockOf(instant);
  return clock >= '09:30' && clock < '16:00';
};

/** A stamp read as UTC, and as the time in New York. None if it is no time. */
const readingsOf = (stamp: string): number[] => {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)/.exec(stamp) ?? [];
  if (day === undefined || time === undefined) return [];
  const utc = Date.parse(`${day}T${time}Z`);
  return Number.isNaN(utc) ? [] : [utc, newYorkTime(day, time)];
};

/**
 * Reads `acceptanceDateTime` of a list of submissions. Its "Z" is not to be trusted: nearly always the time is UTC, now and
 * then it is New York's (Nvidia's results of 25 February 2026, "16:31:25.000Z"). Bounds tell which:
 * 1. EDGAR accepts from 06:00 to 22:00 on weekdays, and what comes after 17:30 gets the next business day as its date.
 * 2. If both are possible, the one outside the trading hours is right: companies file before the open and after the bell.
 * 3. If that does not tell either, the filing was there by the later of the two. If neither is possible, or there is no
 *    time, it was there by 17:30 of its date. Both are bounds and no minutes.
 */
export const readAcceptance = (stamp: string | undefined, filed: Day): Acceptance => {
  const possible = readingsOf(stamp ?? '').filter((instant) => isPossible(instant, filed));
  const outside = possible.filter((instant) => !isInTradingHours(instant));
  const [only, other] = possible.length === 1 ? possible : outside;
  if (only !== undefined && other === undefined) return { at: only, exact: true };
  return { at: possible.length === 0 ? newYorkTime(filed, LAST_OF_DAY) : Math.max(...possible), exact: false };
};

/** The day and the minute of an acceptance, or its bound, as a fact says them: New York. */
export const momentOf = ({
  at,
  exact,
}: Acceptance): { readonly published: Day; readonly time?: string; readonly knownBy?: string } => ({
  published: newYorkDay(at),
  ...(exact ? { time: clockOf(at) } : { knownBy: clockOf(at) }),
});
