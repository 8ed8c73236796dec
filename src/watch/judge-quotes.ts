import { basketQuote } from '../market/basket.ts';
import { type Jump, judgeQuote, type QuoteVerdict } from '../market/judge-quote.ts';
import type { Quote, RawQuote } from '../market/quote.ts';
import type { Listed, Quotes } from '../market/source.ts';
import { DAY_MS, MINUTE_MS } from '../util/durations.ts';
import type { HistorySchedule } from './history-schedule.ts';
import type { WatchParts } from './watch-parts.ts';
import { believedPriceOf, type WatchState } from './watch-state.ts';

/** Maximum age of a part's trade in the quote of a basket, on top of the source's delay. */
const BASKET_PART_MAX_AGE_MS = 15 * MINUTE_MS;
/** Interval between two warnings about one symbol and reason: a delisted ticker is refused at every poll. */
const REFUSAL_WARNING_INTERVAL_MS = DAY_MS;

/** Whether a jump may be a split, so that its history is checked: when first seen, and every tenth poll while it waits. */
const isSuspect = (verdict: QuoteVerdict): boolean =>
  'refusal' in verdict && verdict.refusal !== 'not newer' && (verdict.memory?.jump?.polls ?? 0) % 10 === 1;

const isWaitingJump = (verdict: QuoteVerdict): boolean => 'refusal' in verdict && verdict.refusal === 'jump waits';

/** Quotes of the second source for symbols whose price has jumped, by symbol; empty without a second source. */
const confirmJumps = async (
  { source }: WatchParts,
  listed: readonly Listed[],
  jumped: readonly RawQuote[],
  now: number,
): Promise<ReadonlyMap<string, RawQuote>> => {
  if (!source.confirm || jumped.length === 0) return new Map();
  const symbols = new Set(jumped.map(({ symbol }) => symbol));
  const { quotes } = await source.confirm(
    listed.filter(({ symbol }) => symbols.has(symbol)),
    now,
  );
  return new Map(quotes.map((quote) => [quote.symbol, quote]));
};

const isFresh = (quote: Quote, now: number): boolean =>
  now - quote.tradeTime <= BASKET_PART_MAX_AGE_MS + quote.delayMinutes * MINUTE_MS;

/** Quotes of the baskets that have a newer trade than before, from fresh quotes of their parts. */
const basketQuotes = (
  parts: WatchParts,
  memory: WatchState,
  quotes: ReadonlyMap<string, Quote>,
  now: number,
): Quote[] =>
  [...parts.watchlist.symbols.values()].flatMap(({ symbol, sumOf }) => {
    if (!sumOf) return [];
    const fresh = new Map([...memory.quotes, ...quotes].filter(([, quote]) => isFresh(quote, now)));
    const quote = basketQuote(symbol, memory.histories.parts(symbol), fresh);
    const before = memory.quotes.get(symbol);
    return quote && (!before || quote.tradeTime > before.tradeTime) ? [quote] : [];
  });

/** Whether a refusal is due for a warning; records it as logged if so. */
const takeWarning = ({ loggedRefusals }: HistorySchedule, symbol: string, reason: string, now: number): boolean => {
  const key = `${symbol} ${reason}`;
  const before = loggedRefusals.get(key);
  if (before !== undefined && now < before + REFUSAL_WARNING_INTERVAL_MS) return false;
  loggedRefusals.set(key, now);
  return true;
};

export interface JudgedQuotes {
  readonly usable: ReadonlyMap<string, Quote>;
  readonly refused: ReadonlyMap<string, string>;
  /** Waiting jumps that have changed, by symbol; undefined for one that is over. */
  readonly jumps: ReadonlyMap<string, Jump | undefined>;
}

/** Judges an answer's quotes, adds those of baskets, and logs the refused ones. */
export const judgeQuotes = async (
  parts: WatchParts,
  memory: WatchState,
  schedule: HistorySchedule,
  listed: readonly Listed[],
  answer: Quotes,
  now: number,
): Promise<JudgedQuotes> => {
  const { calendar, log } = parts;
  const refused = new Map<string, string>([...schedule.waiting].map((symbol) => [symbol, 'no history']));
  for (const { symbol, reason } of answer.refused) refused.set(symbol, reason);
  const jumps = new Map<string, Jump | undefined>();
  const usable = new Map<string, Quote>();
  const verdictOn = (raw: RawQuote, second?: RawQuote): QuoteVerdict =>
    judgeQuote(raw, believedPriceOf(memory, calendar, raw.symbol), calendar, now, second);
  const jumped = answer.quotes.filter((raw) => isWaitingJump(verdictOn(raw)));
  const confirmations = await confirmJumps(parts, listed, jumped, now);
  for (const raw of answer.quotes) {
    const verdict = verdictOn(raw, confirmations.get(raw.symbol));
    if (verdict.memory?.jump !== memory.jumps.get(raw.symbol)) jumps.set(raw.symbol, verdict.memory?.jump);
    if ('quote' in verdict) usable.set(raw.symbol, verdict.quote);
    else refused.set(raw.symbol, verdict.refusal);
    if (isSuspect(verdict)) schedule.suspects.add(raw.symbol);
  }
  for (const quote of basketQuotes(parts, memory, usable, now)) usable.set(quote.symbol, quote);
  for (const [symbol, reason] of refused) {
    parts.onRefused?.(reason);
    const level = reason === 'not newer' || !takeWarning(schedule, symbol, reason, now) ? 'debug' : 'warn';
    log[level]({ symbol, reason }, 'quote not used');
  }
  return { usable, refused, jumps };
};
