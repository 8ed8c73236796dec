import { HOUR_MS } from '../util/durations.ts';
import type { Bar } from './bar.ts';
import { isWithin, SAME_CLOSE } from './basis.ts';
import type { SessionDate } from './calendar.ts';
import { type HistoryContext, LAST_TRADE_AGREES } from './judge-history.ts';
import { isJump } from './judge-quote.ts';
import type { Micros } from './money.ts';
import type { Doubt } from './price-memory.ts';

/** The source's history usually has a close within this time of the bell. */
const BAR_PATIENCE_MS = HOUR_MS;

const barOf = (session: SessionDate, close: Micros): Bar => ({
  ...{ session, open: close, high: close, low: close, close, volume: 0 },
  origin: 'quote',
});

/** A price in the source's unit, in ours; unless a split explains the difference, the milder of both readings. */
const inOurUnit = (price: Micros, doubt: Doubt | undefined): Micros => {
  if (doubt?.factor === undefined) return price;
  const converted = Math.round(price / doubt.factor);
  return doubt.explained ? converted : Math.max(price, converted);
};

/**
 * The closes of sessions that have no bar an hour after the bell, as two quotes ten minutes apart have said them: the quote
 * after the bell, or the previous close of the next session's quotes. At most a quarter away from the close before, unless
 * the last quote of the session agrees. Pure.
 */
export const closesFromQuotes = (bars: readonly Bar[], { memory, quote, calendar, now }: HistoryContext): Bar[] => {
  const found: Bar[] = [];
  const closes = new Map(bars.map(({ session, close }) => [session, close]));
  for (const [session, words] of Object.entries(memory.words ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const hours = calendar.hours(session);
    if (!hours || closes.has(session) || now < hours.close + BAR_PATIENCE_MS) continue;
    // The session before may lack a close for good.
    const before = closes.get(calendar.previous(session)) ?? bars.findLast((bar) => bar.session < session)?.close;
    const isTold = words.previousClose?.repeated === true;
    const word = isTold ? words.previousClose : words.bell;
    if (before === undefined || !word?.repeated) continue;
    // Nobody traded, and the close before is told again: a closed day that the calendar does not know.
    const isTraded = words.bell !== undefined || quote?.session === session;
    if (isTold && !isTraded && isWithin(word.price, before, SAME_CLOSE)) continue;
    // A close counts in the unit of the session in which it was said.
    const saidIn = isTold ? calendar.next(session) : session;
    const isInDoubt = memory.doubt !== undefined && saidIn >= memory.doubt.session;
    const close = inOurUnit(word.price, isInDoubt ? memory.doubt : undefined);
    const isSeen = quote?.session === session && isWithin(quote.price, close, LAST_TRADE_AGREES);
    if (isJump(before, close) && !isSeen) continue;
    found.push(barOf(session, close));
    closes.set(session, close);
  }
  return found;
};
