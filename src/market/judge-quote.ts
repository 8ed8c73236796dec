import type { Calendar } from './calendar.ts';
import type { Micros } from './money.ts';
import type { Quote, RawQuote } from './quote.ts';
import { isSplitLike, SPLIT_HOLD_MS } from './split-like.ts';

/** Why a quote was not used. Fixed words: they are counted, logged and shown. */
export type QuoteRefusal = 'no price' | 'no trade time' | 'not newer' | 'stale' | 'jump waits' | 'looks like a split';

/** A price too far from the last one, waiting for the next quote to agree. */
export interface Jump {
  readonly price: Micros;
  readonly tradeTime: number;
  readonly polls: number;
  /** When it was first seen. */
  readonly since: number;
}

/** What the feed remembers of one symbol between quotes. */
export interface BelievedPrice {
  /** The last price that was believed: a quote's, or the last close. */
  readonly price: Micros;
  readonly tradeTime: number;
  readonly jump?: Jump;
}

export type QuoteVerdict =
  | { readonly quote: Quote; readonly memory: BelievedPrice }
  | { readonly refusal: QuoteRefusal; readonly memory: BelievedPrice | undefined };

/** Minutes that a trade may be old while the market is open, beyond the source's stated delay. */
const MAX_AGE_MINUTES = 15;
/** Polls that a jump waits for agreement. */
const PATIENCE = 3;

/** True where two prices lie more than 25 % of the first apart. */
export const isJump = (from: Micros, to: Micros): boolean => 4 * Math.abs(to - from) > from;

/**
 * Decides whether a quote may be used: it has a price above zero and a trade time newer than the last one used; while
 * the market is open the trade is at most 15 minutes and the source's delay old; and it lies within 25 % of the last
 * price, or the quote after it, or a second source's, agrees with it within three polls. A jump that is a common split's is not believed for a
 * day, whoever agrees: sources change their prices before their histories. Times in epoch milliseconds.
 */
export const judgeQuote = (
  raw: RawQuote,
  memory: BelievedPrice | undefined,
  calendar: Calendar,
  now: number,
  second?: RawQuote,
): QuoteVerdict => {
  const { price, tradeTime } = raw;
  if (price === null || price <= 0) return { refusal: 'no price', memory: waited(memory) };
  if (tradeTime === null) return { refusal: 'no trade time', memory: waited(memory) };
  if (memory && tradeTime <= memory.tradeTime) return { refusal: 'not newer', memory: waited(memory) };
  if (isStale(raw, tradeTime, calendar, now)) return { refusal: 'stale', memory: waited(memory) };
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
            ? waited(memory)
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
  calendar.isOpen(now) && tradeTime < now - (MAX_AGE_MINUTES + delayMinutes) * 60_000;

/** A second source agrees with a jump to `price` where it has jumped as well, and not elsewhere, by a trade that counts. */
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

/** One poll more has passed without a word on the jump; after three it is forgotten. */
const waited = (memory: BelievedPrice | undefined): BelievedPrice | undefined => {
  if (memory?.jump === undefined) return memory;
  const { jump, ...rest } = memory;
  return jump.polls >= PATIENCE ? rest : { ...rest, jump: { ...jump, polls: jump.polls + 1 } };
};
