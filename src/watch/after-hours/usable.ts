import { isWithin } from '../../market/basis.ts';
import type { Micros } from '../../market/money.ts';
import type { AfterHoursQuote } from '../../market/quote.ts';
import { HOUR_MS, MINUTE_MS } from '../../util/durations.ts';

/** Trading after the bell goes on for so long, on days of early closes, too. */
export const AFTER_HOURS_MS = 4 * HOUR_MS;

/**
 * The first trades after the bell are of the closing auction. With the three minutes that a fall takes to be confirmed, none is
 * told before four past, when the first prices after results have swung.
 */
const AUCTION_MS = MINUTE_MS;
const MAX_AHEAD_MS = 2 * MINUTE_MS;
const MAX_AGE_MS = 10 * MINUTE_MS;
/** Relative; the source's close and what the quote after the bell has said are the same number on good data. */
const BELL_AGREES = 0.005;

interface Bell {
  /** The closing bell, epoch milliseconds. */
  readonly at: number;
  /** The session's close as known so far; undefined for unknown. */
  readonly close: Micros | undefined;
}

/**
 * Whether a quote is a new trade of the evening after the bell, and counts from this session's close: a source goes on to
 * give an evening's last trade until the next one.
 */
export const isUsable = ({ tradeTime, close, closeTime }: AfterHoursQuote, bell: Bell, now: number): boolean =>
  tradeTime >= bell.at + AUCTION_MS &&
  tradeTime <= bell.at + AFTER_HOURS_MS &&
  tradeTime <= now + MAX_AHEAD_MS &&
  tradeTime >= now - MAX_AGE_MS &&
  closeTime >= bell.at &&
  closeTime <= now + MAX_AHEAD_MS &&
  bell.close !== undefined &&
  isWithin(close, bell.close, BELL_AGREES);
