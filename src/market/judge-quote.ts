import { DAY_MS, MINUTE_MS } from '../util/durations.ts';
import type { Bar } from './bar.ts';
import { type Basis, basisOf, isCommonFactor, isWithin, LIKE_A_SPLIT, SAME_CLOSE } from './basis.ts';
import type { Calendar, SessionDate } from './calendar.ts';
import type { Micros } from './money.ts';
import { type Doubt, type Jump, noteWord, type PriceMemory, without } from './price-memory.ts';
import { proxyWord } from './proxy.ts';
import type { Quote, RawQuote } from './quote.ts';
import type { Kind } from './watchlist.ts';

/** Why a quote was not used. Fixed words, because they are counted, logged and shown. */
export const QUOTE_REFUSALS = [
  'no price',
  'no trade time',
  'time ahead',
  'not newer',
  'no session',
  'stale',
  'jump waits',
  'perhaps a split',
  'unit in doubt',
] as const;

export type QuoteRefusal = (typeof QUOTE_REFUSALS)[number];

/** The price that the next quote is judged by: the last quote used, or a newer close. */
export interface BelievedPrice {
  readonly price: Micros;
  /** Epoch milliseconds. */
  readonly tradeTime: number;
  readonly session: SessionDate;
}

/** What a quote is judged by, apart from itself. */
export interface QuoteContext {
  readonly kind: Kind;
  /** Final bars, oldest first. */
  readonly bars: readonly Bar[];
  readonly believed: BelievedPrice | undefined;
  readonly memory: PriceMemory;
  readonly calendar: Calendar;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The second source's quote of the same symbol, asked for when a price has jumped. */
  readonly second?: RawQuote;
  /** A quote of the fund that moves as an index does, asked for when the index has jumped or is in doubt. */
  readonly proxy?: RawQuote;
}

/**
 * A usable quote, or why it is not; and what is remembered for the next one. `factor`: the quote counts in the source's
 * unit, and our closes times `factor` are in it; absent where the unit is ours.
 */
export type QuoteVerdict = { readonly memory: PriceMemory; readonly basis: Basis['kind'] } & (
  | { readonly quote: Quote; readonly factor?: number }
  | { readonly refusal: QuoteRefusal }
);

/** Maximum age of a trade while the market is open, on top of the source's stated delay. */
const MAX_TRADE_AGE_MINUTES = 15;
/** A clock may be behind the source's by this much. */
export const MAX_TIME_AHEAD_MS = 2 * MINUTE_MS;
/** A time that lies ahead and is this recent in thousandths was given in milliseconds. */
const MILLISECONDS_REACH_MS = 10 * DAY_MS;
const FIRST_TIME = Date.UTC(2000, 0, 1);
/** A share of the price before, below or above which an opening price is rather a split than a fall. */
const DEEP = { least: 0.55, most: 1.8 } as const;
/** Relative; how near a second source's price has to be. */
const SECOND_AGREES = 0.05;
/** Within a session, exchanges halt a share long before it moves by a quarter in this time. */
const IMPOSSIBLE_MS = 4 * MINUTE_MS;
/** A jump older than this at a restart begins anew; see `freshMemory`. */
const JUMP_KEPT_MS = 30 * MINUTE_MS;
/** Closes that a previous close which has not been rolled on may be one of. */
const EARLIER_CLOSES = 5;

/** Whether `to` is more than 25% of `from` away from it. */
export const isJump = (from: Micros, to: Micros): boolean => 4 * Math.abs(to - from) > from;

/** The trade's time in epoch milliseconds, or why there is none. */
const readTime = (given: number | null, now: number): number | 'no trade time' | 'time ahead' => {
  if (given === null || !Number.isSafeInteger(given)) return 'no trade time';
  const latest = now + MAX_TIME_AHEAD_MS;
  const inSeconds = Math.round(given / 1000);
  const time = given > latest && inSeconds >= now - MILLISECONDS_REACH_MS && inSeconds <= latest ? inSeconds : given;
  if (time < FIRST_TIME) return 'no trade time';
  return time > latest ? 'time ahead' : time;
};

/** Our close of the session before `session`, and the few before that. */
const closesBefore = (
  bars: readonly Bar[],
  calendar: Calendar,
  session: SessionDate,
  previousClose: Micros | null,
): { readonly reference: Micros | undefined; readonly earlier: readonly Micros[] } => {
  const at = bars.findLastIndex((bar) => bar.session < session);
  const last = bars[at];
  const isNext = last?.session === calendar.previous(session);
  // A closure that the calendar does not know: the source's last session is ours.
  const isLast = last !== undefined && previousClose !== null && isWithin(previousClose, last.close, SAME_CLOSE);
  const reference = isNext || isLast ? last?.close : undefined;
  return {
    reference,
    earlier: bars.slice(Math.max(0, at - EARLIER_CLOSES), Math.max(0, at)).map(({ close }) => close),
  };
};

const isStale = ({ delayMinutes }: RawQuote, tradeTime: number, calendar: Calendar, now: number): boolean =>
  calendar.isOpen(now) && tradeTime < now - (MAX_TRADE_AGE_MINUTES + delayMinutes) * MINUTE_MS;

/** Whether the second source has a fresh trade at about the same price, counted in our unit. */
const secondAgrees = (context: QuoteContext, price: Micros, session: SessionDate): boolean => {
  const { second, believed, calendar, now, bars } = context;
  if (!second || second.price === null || second.price <= 0) return false;
  const time = readTime(second.tradeTime, now);
  if (typeof time === 'string' || (believed && time <= believed.tradeTime)) return false;
  if (isStale(second, time, calendar, now) || !isWithin(second.price, price, SECOND_AGREES)) return false;
  const { previousClose } = second;
  return basisOf(second.price, previousClose, closesBefore(bars, calendar, session, previousClose)).kind === 'same';
};

/** The jump that waits, with this trade counted; a new one if it does not agree with the one before. */
const advanceJump = (before: Jump | undefined, price: Micros, tradeTime: number, now: number): Jump => {
  if (!before || isJump(before.price, price))
    return { first: price, price, tradeTime, since: now, firstTrade: tradeTime, seen: 1 };
  return tradeTime > before.tradeTime ? { ...before, price, tradeTime, seen: before.seen + 1 } : before;
};

/** Whether a step of prices is too small for most splits, and unlike the small ones: a price can do that by itself. */
export const isUnlikeASplit = (ratio: number): boolean =>
  ratio > 1 / 1.67 && ratio < 1.67 && !isCommonFactor(ratio, LIKE_A_SPLIT);

/** What has to be seen of a jump before it is believed. */
const isJumpBelieved = (
  jump: Jump,
  basis: Basis['kind'],
  believed: BelievedPrice,
  session: SessionDate,
  now: number,
) => {
  const waited = now - jump.since;
  if (session === believed.session) {
    const isImpossible = jump.firstTrade - believed.tradeTime < IMPOSSIBLE_MS;
    return isImpossible ? jump.seen >= 4 && waited >= 10 * MINUTE_MS : jump.seen >= 2;
  }
  const ratio = jump.first / believed.price;
  if (basis !== 'none') return jump.seen >= 2 && ratio >= DEEP.least && ratio <= DEEP.most;
  return isUnlikeASplit(ratio) ? jump.seen >= 3 && waited >= 5 * MINUTE_MS : waited >= DAY_MS;
};

/**
 * Whether a price has followed a told split although its previous close has not: a source may divide the one before the
 * other. It has moved by more than a quarter, and is nearer to the divided close than to the close itself; a fall that is
 * not is one of the price's own.
 */
const isHalfDone = ({ reason, factor }: Doubt, reference: Micros | undefined, price: Micros): boolean => {
  if (reason !== 'split told' || reference === undefined || !isJump(reference, price)) return false;
  const step = Math.log(price / reference);
  return Math.abs(step - Math.log(factor ?? 1)) < Math.abs(step);
};

/** The doubt of a quote that counts in another unit than our closes. */
const doubtOf = (before: Doubt | undefined, factor: number, session: SessionDate, now: number): Doubt => {
  // A source divides exactly, so the factor of a split is exact.
  const explained = isCommonFactor(factor, 0.001);
  if (before?.factor === undefined || !isWithin(before.factor, factor, 0.02))
    return {
      reason: 'previous close',
      session: before?.session ?? session,
      since: before?.since ?? now,
      factor,
      explained,
    };
  return before;
};

/**
 * Decides whether a quote may be used. It needs a price above zero and a newer trade than the last one used, of a session
 * and not from the future; while the market is open, that trade is at most 15 minutes plus the source's delay old.
 *
 * The previous close that comes with it says in which unit it counts. In another unit than ours, it is judged by that
 * previous close or by ours, whichever makes the milder fall, until the history follows. In ours, a price more than 25%
 * away from the last one waits until another trade or the second source agrees; without a previous close it waits longer,
 * for then it may be a split. An index has no second source: a fund's move decides, where it is known. Pure. Times in epoch milliseconds.
 */
export const judgeQuote = (raw: RawQuote, context: QuoteContext): QuoteVerdict => {
  const { bars, believed, calendar, now, kind } = context;
  const { price } = raw;
  let { memory } = context;
  const refuse = (refusal: QuoteRefusal, basis: Basis['kind'] = 'none'): QuoteVerdict => ({ refusal, memory, basis });

  if (price === null || price <= 0) return refuse('no price');
  const tradeTime = readTime(raw.tradeTime, now);
  if (typeof tradeTime === 'string') return refuse(tradeTime);
  const day = calendar.dayOf(tradeTime);
  if (calendar.covers(day) && !calendar.isSession(day)) return refuse('no session');
  const session = calendar.sessionOf(tradeTime);
  const closedAt = calendar.hours(session)?.close;
  if (closedAt !== undefined && tradeTime >= closedAt) memory = noteWord(memory, session, 'bell', price, now);
  if (raw.previousClose !== null)
    memory = noteWord(memory, calendar.previous(session), 'previousClose', raw.previousClose, now);
  if (believed && tradeTime <= believed.tradeTime) return refuse('not newer');
  if (isStale(raw, tradeTime, calendar, now)) return refuse('stale');

  const { symbol, marketState, delayMinutes, source, previousClose } = raw;
  const quote: Quote = { symbol, price, tradeTime, session, marketState, delayMinutes, source };
  const known = closesBefore(bars, calendar, session, previousClose);
  const basis = basisOf(price, previousClose, known);

  const word = proxyWord({ price, tradeTime, session, reference: known.reference }, context.proxy, calendar);
  // An index is never split, so one of the closes is wrong: ours is not if a fund has moved as far from its own.
  if (basis.kind === 'changed' && kind === 'index' && word !== 'shares') return refuse('unit in doubt', basis.kind);
  if (basis.kind === 'changed' && kind !== 'index') {
    // Two doubts at once: the first history is asked for again, and decides on the unit, too.
    if (memory.doubt?.reason === 'first history') return refuse('unit in doubt', basis.kind);
    const doubt = doubtOf(memory.doubt, basis.factor, session, now);
    memory = without(doubt === memory.doubt ? memory : { ...memory, doubt }, 'jump');
    const inTheirs = basis.factor < 1 || doubt.explained === true;
    return { quote, memory, basis: basis.kind, factor: inTheirs ? basis.factor : 1 };
  }
  if (memory.doubt?.factor !== undefined) {
    if (basis.kind === 'none' || isHalfDone(memory.doubt, known.reference, price))
      return refuse('unit in doubt', basis.kind);
    memory = without(memory, 'doubt');
  }
  if (!believed || !isJump(believed.price, price)) return { quote, memory: without(memory, 'jump'), basis: basis.kind };

  const jump = advanceJump(memory.jump, price, tradeTime, now);
  const isConfirmed = word === 'shares' || secondAgrees(context, price, session);
  if (isConfirmed || (word !== 'differs' && isJumpBelieved(jump, basis.kind, believed, session, now)))
    return { quote, memory: without(memory, 'jump'), basis: basis.kind };
  memory = { ...memory, jump };
  const ratio = jump.first / believed.price;
  const isDeep = session !== believed.session && (ratio < DEEP.least || ratio > DEEP.most);
  return refuse(
    isDeep || (basis.kind === 'none' && isCommonFactor(ratio, LIKE_A_SPLIT)) ? 'perhaps a split' : 'jump waits',
    basis.kind,
  );
};

/** What is still true of a stored memory at `now`: no time lies ahead, and no jump is older than half an hour. */
export const freshMemory = (memory: PriceMemory, now: number): PriceMemory => {
  const latest = now + MAX_TIME_AHEAD_MS;
  const { jump, doubt } = memory;
  let fresh = memory;
  if (jump && (jump.tradeTime > latest || jump.since > latest || now - jump.since > JUMP_KEPT_MS))
    fresh = without(fresh, 'jump');
  if (doubt && doubt.since > latest) fresh = { ...fresh, doubt: { ...doubt, since: now } };
  if (fresh.comparedAt !== undefined && fresh.comparedAt > latest) fresh = without(fresh, 'comparedAt');
  const words = Object.entries(fresh.words ?? {});
  const heard = words.filter(
    ([, { bell, previousClose }]) => Math.max(bell?.since ?? 0, previousClose?.since ?? 0) <= latest,
  );
  return heard.length < words.length ? { ...fresh, words: Object.fromEntries(heard) } : fresh;
};
