import { newYorkTime } from '../market/exchange-time.ts';
import { addDays, type Day } from '../util/day.ts';
import type { Fact } from './fact.ts';

/** The instant at which facts are looked at: epoch milliseconds, or a day, meaning its end in New York. */
export type AsOf = number | Day;

/** Companies report after the close: a fact without a time counts from the closing bell of its day. */
const CLOSING_BELL = '16:00';

/**
 * The instant after which a fact is known, epoch milliseconds. The instant itself is excluded, so that a card at the
 * closing price never uses what was published after the close (no look-ahead).
 */
export const knownFrom = (fact: Pick<Fact, 'published' | 'time'>): number =>
  newYorkTime(fact.published, fact.time ?? CLOSING_BELL);

/** Converts an as-of to epoch milliseconds: a day ends one millisecond before the next begins. */
export const asOfInstant = (asOf: AsOf): number =>
  typeof asOf === 'number' ? asOf : newYorkTime(addDays(asOf, 1), '00:00') - 1;
