import { MINUTE_MS } from '../util/durations.ts';
import type { Calendar, SessionDate } from './calendar.ts';
import type { Micros } from './money.ts';
import type { RawQuote } from './quote.ts';

/** A quote of an index, and our close of the session before it. */
export interface IndexMove {
  readonly price: Micros;
  /** Epoch milliseconds. */
  readonly tradeTime: number;
  readonly session: SessionDate;
  readonly reference: Micros | undefined;
}

/** What a fund's move says of an index's: `silent` if the two cannot be compared. */
export type ProxyWord = 'shares' | 'differs' | 'silent';

/**
 * How far apart the day's moves of an index and of its fund may be, as a share of the close before. The shallowest level of
 * an index is 2.5%: a price that is wrong by no more than this reaches none by itself. On the widest days since 2010 the
 * Nasdaq Composite and QQQ were less than one point apart (16 March 2020: −12.3% and −12.0%). In January 2001 they
 * were once some points apart: a jump like that one would wait.
 */
const SHARED_MOVE = 0.02;
const SAME_TIME_MS = 15 * MINUTE_MS;

/** Judges an index's move since our close by that of a fund since the fund's own previous close. */
export const proxyWord = (
  { price, tradeTime, session, reference }: IndexMove,
  fund: Pick<RawQuote, 'price' | 'previousClose' | 'tradeTime'> | undefined,
  calendar: Calendar,
): ProxyWord => {
  if (!fund || reference === undefined || fund.price === null || fund.price <= 0) return 'silent';
  if (fund.previousClose === null || fund.previousClose <= 0 || fund.tradeTime === null) return 'silent';
  // An index is published for some time after the bell.
  const bell = calendar.hours(session)?.close ?? Number.POSITIVE_INFINITY;
  if (calendar.sessionOf(fund.tradeTime) !== session) return 'silent';
  if (Math.abs(Math.min(fund.tradeTime, bell) - Math.min(tradeTime, bell)) > SAME_TIME_MS) return 'silent';
  const apart = Math.abs(price / reference - fund.price / fund.previousClose);
  return apart <= SHARED_MOVE ? 'shares' : 'differs';
};
