import { MINUTE_MS } from '../util/durations.ts';
import type { Calendar } from './calendar.ts';
import type { Micros } from './money.ts';
import type { Quote, RawQuote } from './quote.ts';
import { isSplitLike, SPLIT_HOLD_MS } from './splits.ts';

/** Why a quote was not used. Fixed words, because they are counted, logged and shown. */
export type QuoteRefusal = 'no price' | 'no trade time' | 'not newer' | 'stale' | 'jump waits' | 'looks like a split';

/** A price more than 25% away from the last one, waiting for confirmation. */
export interface Jump {
  readonly price: Micros;
  readonly tradeTime: number;
  /** Polls that it has waited. */
  readonly polls: number;
  /** Epoch milliseconds when it was first seen. */
  readonly since: number;
}

/** The price of one symbol that the next quote is judged by. */
export interface BelievedPrice {
  /** The last quote used, or the last close. */
  readonly price: Micros;
  readonly tradeTime: number;
  readonly jump?: Jump;
}

/** The usable quote or the reason why it is not, and what the next quote is judged by. */
export type QuoteVerdict =
  | { readonly quote: Quote; readonly memory: BelievedPrice }
  | { readonly refusal: QuoteRefusal; readonly memory: BelievedPrice | undefined };

/** Maximum age of a trade while the market is open, on top of the source's stated delay. */
const MAX_TRADE_AGE_MINUTES = 15;
/** Polls after which an unconfirmed jump is dropped. */
const MAX_JUMP_POLLS = 3;

/** Whether `to` is more than 25% of `from` away from it. */
export const isJump = (from: Micros, to: Micros): boolean => 4 * Math.abs(to - from) > from;

/**
 * Decides whether a quote may be used. It needs a price above zero and a newer trade than the last one used; while the
 * market is open, that trade is at most 15 minutes plus the source's delay old. A price more than 25% away from the last
 * one waits until the next quote, or a second source's, agrees within three polls. A jump like a common split is not
 * believed for a day, even if confirmed: sources adjust prices before histories. Times in epoch milliseconds.
 */
export const judgeQuote = (
  raw: RawQuote,
  memory: BelievedPrice | undefined,
  calendar: Calendar,
  now: number,
  second?: RawQuote,
): QuoteVerdict => {
  const { price, tradeTime } = raw;
  if (price === null || price <= 0) return { refusal: 'no price', memory: afterWaiting(memory) };
  if (tradeTime === null) return { refusal: 'no trade time', memory: afterWaiting(memory) };
  if (memory && tradeTime <= memory.tradeTime) return { refusal: 'not newer', memory: afterWaiting(memory) };
  if (isStale(raw, tradeTime, calendar, now)) return { refusal: 'stale', memory: afterWaiting(memory) };
  if (memory && isJump(memory.price, price)) {
    const { jump } = memory;
    if (isSplitLike(memory.price, price) && now - (jump?.since ?? now) < SPLIT_HOLD_MS) {
      const polls = (jump?.polls ?? 0) + 1;
      return {
        refusal: 'looks like a split',
        memory: { ...memory, jump: { price, tradeTime, polls, since: jump?.since ?? now } },
      };
    }
    const agreed = jump !== undefined && tradeTime > jump.tradeTime && !isJump(jump.price, price);
    if (!agreed && !confirms(second, price, memory, calendar, now))
      return {
        refusal: 'jump waits',
        memory:
          jump?.tradeTime === tradeTime
            ? afterWaiting(memory)
            : { ...memory, jump: { price, tradeTime, polls: 1, since: now } },
      };
  }
  const { symbol, marketState, delayMinutes, source } = raw;
  const session = calendar.sessionOf(tradeTime);
  return {
    quote: { symbol, price, tradeTime, session, marketState, delayMinutes, source },
    memory: { price, tradeTime },
  };
};

const isStale = ({ delayMinutes }: RawQuote, tradeTime: number, calendar: Calendar, now: number): boolean =>
  calendar.isOpen(now) && tradeTime < now - (MAX_TRADE_AGE_MINUTES + delayMinutes) * MINUTE_MS;

/** Whether a second source confirms a jump to `price`: it has jumped to a similar price, by a new and fresh trade. */
const confirms = (
  second: RawQuote | undefined,
  price: Micros,
  memory: BelievedPrice,
  calendar: Calendar,
  now: number,
): boolean => {
  if (!second || second.price === null || second.price <= 0 || second.tradeTime === null) return false;
  if (second.tradeTime <= memory.tradeTime || isStale(second, second.tradeTime, calendar, now)) return false;
  return isJump(memory.price, second.price) && !isJump(price, second.price);
};

/** Counts one more poll without confirmation of the jump; drops the jump after three. */
const afterWaiting = (memory: BelievedPrice | undefined): BelievedPrice | undefined => {
  if (memory?.jump === undefined) return memory;
  const { jump, ...rest } = memory;
  return jump.polls >= MAX_JUMP_POLLS ? rest : { ...rest, jump: { ...jump, polls: jump.polls + 1 } };
};
