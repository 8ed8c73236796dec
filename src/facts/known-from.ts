import { newYorkTime } from '../market/exchange-time.ts';
import { addDays, type Day } from './day.ts';
import type { Fact } from './fact.ts';

/** An instant in epoch milliseconds, or a day, which means the end of that day in New York. */
export type AsOf = number | Day;

/** The companies report after the close; a fact whose row gives no time counts from the closing bell of its day. */
const CLOSING_BELL = '16:00';

/**
 * The instant, in epoch milliseconds, after which a fact is known. The instant itself is excluded, so that a card
 * at the closing price never knows what came out after the close.
 */
export const knownFrom = (fact: Pick<Fact, 'published' | 'time'>): number =>
  newYorkTime(fact.published, fact.time ?? CLOSING_BELL);

/** The instant that an as-of stands for: a day ends one millisecond before the next begins. */
export const asOfInstant = (asOf: AsOf): number =>
  typeof asOf === 'number' ? asOf : newYorkTime(addDays(asOf, 1), '00:00') - 1;
