import { isWithin } from '../../market/basis.ts';
import { isDown } from '../../market/compare.ts';
import type { Micros } from '../../market/money.ts';
import { MINUTE_MS } from '../../util/durations.ts';

/** A trade after the bell. */
export interface Trade {
  readonly price: Micros;
  /** Epoch milliseconds. */
  readonly tradeTime: number;
}

const MIN_TRADES = 3;
const MIN_SPAN_MS = 3 * MINUTE_MS;
/** Of a fall that begins with a jump. */
const SPAN_AFTER_JUMP_MS = 10 * MINUTE_MS;
/** Relative; trades as far apart are not one fall. */
const NEAR = 0.05;
const JUMP = 0.2;
/** Trading that stands still confirms nothing: so many trades must be that new. */
const RECENT_MS = 2 * MINUTE_MS;
const MIN_RECENT = 2;

/** The trades, without a new one that is known already or older. Oldest first. */
export const withTrade = (trades: readonly Trade[], trade: Trade): readonly Trade[] =>
  trade.tradeTime > (trades.at(-1)?.tradeTime ?? 0) ? [...trades, trade] : trades;

/** How many trades at the end are all at least `level` basis points below the close, each near the one before. */
const lengthOfFall = (trades: readonly Trade[], close: Micros, level: number): number => {
  const apart = trades.findLastIndex((trade, at) => {
    const next = trades[at + 1];
    return !isDown(trade.price, close, level) || (next !== undefined && !isWithin(next.price, trade.price, NEAR));
  });
  return trades.length - apart - 1;
};

/**
 * The last trade of a fall by `level` basis points from the close that at least three trades confirm, over three minutes or
 * more, or ten if it began with a jump by more than a fifth. Undefined for none, and while trading stands still.
 */
export const confirmedFall = (
  trades: readonly Trade[],
  close: Micros,
  level: number,
  now: number,
): Trade | undefined => {
  const length = lengthOfFall(trades, close, level);
  const fall = trades.slice(trades.length - length);
  const [first, last] = [fall[0], fall.at(-1)];
  if (!first || !last || length < MIN_TRADES) return undefined;
  const before = trades[trades.length - length - 1]?.price ?? close;
  const isJump = !isWithin(first.price, before, JUMP);
  if (last.tradeTime - first.tradeTime < (isJump ? SPAN_AFTER_JUMP_MS : MIN_SPAN_MS)) return undefined;
  const recent = fall.filter(({ tradeTime }) => tradeTime >= now - RECENT_MS);
  return recent.length < MIN_RECENT ? undefined : last;
};
