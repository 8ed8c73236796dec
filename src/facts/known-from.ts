import { newYorkTime } from '../market/exchange-time.ts';
import { addDays, type Day } from '../util/day.ts';
import { MINUTE_MS } from '../util/durations.ts';
import type { Fact } from './fact.ts';

/**
 * The instant at which facts are looked at: epoch milliseconds, or a day or a minute ("2024-08-28T16:15") in New York,
 * each meaning its end.
 */
export type AsOf = number | Day;

/** What was published before the close, or by a filing alone, counts from the closing bell of its day. */
export const CLOSING_BELL = '16:00';

/** Of facts that were asked about: a ledger and a digest ask about all. */
const instants = new WeakMap<object, number>();

/**
 * The instant after which a fact is known, epoch milliseconds: its minute, else its bound, else the closing bell. The
 * instant itself is excluded, so that a card at the closing price never uses what was published after the close (no
 * look-ahead).
 */
export const knownFrom = (fact: Pick<Fact, 'published' | 'time' | 'knownBy'>): number => {
  const known = instants.get(fact) ?? newYorkTime(fact.published, fact.time ?? fact.knownBy ?? CLOSING_BELL);
  instants.set(fact, known);
  return known;
};

/** Converts an as-of to epoch milliseconds: a day or a minute ends one millisecond before the next begins. */
export const asOfInstant = (asOf: AsOf): number => {
  if (typeof asOf === 'number') return asOf;
  const [day = '', time] = asOf.split('T');
  return time === undefined ? newYorkTime(addDays(day, 1), '00:00') - 1 : newYorkTime(day, time) + MINUTE_MS - 1;
};
