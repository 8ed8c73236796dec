import type { Basis } from '../market/basis.ts';
import { basketQuote } from '../market/basket.ts';
import type { SessionDate } from '../market/calendar.ts';
import { judgeQuote, type QuoteContext, type QuoteVerdict } from '../market/judge-quote.ts';
import type { PriceMemory } from '../market/price-memory.ts';
import type { Quote, RawQuote } from '../market/quote.ts';
import type { Listed, Quotes } from '../market/source.ts';
import { isDueAgain } from '../util/due-again.ts';
import { DAY_MS, MINUTE_MS } from '../util/durations.ts';
import { askProxies } from './ask-proxies.ts';
import { type HistorySchedule, LATER_RETRY_MS, RETRY_MS } from './history-schedule.ts';
import type { WatchParts } from './watch-parts.ts';
import { believedPriceOf, isUnsettled, type WatchState } from './watch-state.ts';

/** Maximum age of a part's trade in the quote of a basket, on top of the source's delay. */
const BASKET_PART_MAX_AGE_MS = 15 * MINUTE_MS;
/** The memory of a symbol about which nothing is open. */
const NOTHING_OPEN: PriceMemory = {};
/** Interval between two warnings about one symbol and reason: a delisted ticker is refused at every poll. */
const REFUSAL_WARNING_INTERVAL_MS = DAY_MS;

/** Whether a quote shows that the history should be looked at: a jump, or another unit. */
const isSuspect = (verdict: QuoteVerdict, before: PriceMemory | undefined): boolean =>
  (verdict.memory.jump !== undefined && verdict.memory.jump.since !== before?.jump?.since) ||
  (verdict.memory.doubt !== undefined && verdict.memory.doubt.since !== before?.doubt?.since);

/** Whether a quote shows a difference that only a history can clear up, and none was asked for lately. */
const isAskedAgain = (verdict: QuoteVerdict, checkedAt: number | undefined, now: number): boolean =>
  (verdict.basis === 'near' || ('refusal' in verdict && verdict.refusal === 'unit in doubt')) &&
  now - (checkedAt ?? 0) >= LATER_RETRY_MS;

const isWaitingJump = (verdict: QuoteVerdict): boolean =>
  'refusal' in verdict && (verdict.refusal === 'jump waits' || verdict.refusal === 'perhaps a split');

const isOpen = (verdict: QuoteVerdict): boolean =>
  isWaitingJump(verdict) || ('refusal' in verdict && verdict.refusal === 'unit in doubt');

/**
 * Quotes of the second source for symbols whose price has jumped, by symbol; empty without a second source. It answers few
 * requests a minute, so each symbol is asked for every two minutes at most.
 */
const confirmJumps = async (
  { source }: WatchParts,
  { confirmedAt }: HistorySchedule,
  listed: readonly Listed[],
  jumped: readonly RawQuote[],
  now: number,
): Promise<ReadonlyMap<string, RawQuote>> => {
  const isDue = (symbol: string): boolean => isDueAgain(confirmedAt.get(symbol), RETRY_MS, now);
  const symbols = new Set(jumped.map(({ symbol }) => symbol).filter(isDue));
  if (!source.confirm || symbols.size === 0) return new Map();
  for (const symbol of symbols) confirmedAt.set(symbol, now);
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
    if (!sumOf || isUnsettled(memory, symbol)) return [];
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

/**
 * Logs, once a day, that the source's last close is of an earlier session than the calendar's last: an exchange that was
 * closed on a day that the table lacks.
 */
const logUnknownClosure = (
  { calendar, log }: WatchParts,
  schedule: HistorySchedule,
  last: SessionDate | undefined,
  { symbol, session }: Quote,
  now: number,
): void => {
  if (last === undefined || calendar.knownBetween(last, session) <= 1) return;
  const closed = calendar.next(last);
  if (takeWarning(schedule, '*', `closed on ${closed}`, now))
    log.warn(
      { symbol, session: closed, remedy: 'if the exchange was closed, add the day to config/calendar.yaml' },
      'calendar differs: the source has no session of that day',
    );
};

/** A quote that may be used. */
export interface UsableQuote {
  readonly quote: Quote;
  /** Source's unit / ours: our closes times `factor` are in the quote's unit. Set while the unit is in doubt. */
  readonly factor?: number;
  /** What its previous close says of its unit. A basket has none: its parts are in ours. */
  readonly basis: Basis['kind'];
}

export interface JudgedQuotes {
  readonly usable: ReadonlyMap<string, UsableQuote>;
  readonly refused: ReadonlyMap<string, string>;
  /** What is remembered of each symbol that was judged. */
  readonly memories: ReadonlyMap<string, PriceMemory>;
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
  const { calendar, log, watchlist } = parts;
  const refused = new Map<string, string>([...schedule.waiting].map((symbol) => [symbol, 'no history']));
  for (const { symbol, reason } of answer.refused) refused.set(symbol, reason);
  const memories = new Map<string, PriceMemory>();
  const usable = new Map<string, UsableQuote>();
  const verdictOn = (raw: RawQuote, others: Pick<QuoteContext, 'second' | 'proxy'> = {}): QuoteVerdict =>
    judgeQuote(raw, {
      kind: watchlist.symbols.get(raw.symbol)?.kind ?? 'stock',
      bars: memory.histories.bars(raw.symbol),
      believed: believedPriceOf(memory, calendar, raw.symbol),
      memory: memory.memories.get(raw.symbol) ?? NOTHING_OPEN,
      calendar,
      now,
      ...others,
    });
  /** One symbol's quote must not cost the others theirs, whatever is wrong with it. */
  const guarded = <T>(symbol: string, judge: () => T): T | undefined => {
    try {
      return judge();
    } catch (error) {
      log.error({ symbol, err: error }, 'quote cannot be judged');
      refused.set(symbol, 'unreadable');
      return undefined;
    }
  };
  const judged = answer.quotes.map((raw) => ({ raw, first: guarded(raw.symbol, () => verdictOn(raw)) }));
  const jumped = judged.flatMap(({ raw, first }) => (first && isWaitingJump(first) ? raw : []));
  const confirmations = await confirmJumps(parts, schedule, listed, jumped, now);
  const doubtful = judged.flatMap(({ raw, first }) => (first && isOpen(first) ? raw.symbol : []));
  const proxies = await askProxies(parts, schedule, doubtful, now);
  for (const { raw, first } of judged) {
    const { symbol } = raw;
    const second = confirmations.get(symbol);
    const proxy = proxies.get(symbol);
    const others = { ...(second && { second }), ...(proxy && { proxy }) };
    const verdict = second || proxy ? guarded(symbol, () => verdictOn(raw, others)) : first;
    if (!verdict) continue;
    memories.set(symbol, verdict.memory);
    const isSuspected = isSuspect(verdict, memory.memories.get(symbol));
    if (isSuspected || isAskedAgain(verdict, schedule.checkedAt.get(symbol), now)) schedule.suspects.add(symbol);
    if ('refusal' in verdict) {
      refused.set(symbol, verdict.refusal);
      continue;
    }
    if (verdict.basis === 'same')
      logUnknownClosure(parts, schedule, memory.histories.bars(symbol).at(-1)?.session, verdict.quote, now);
    usable.set(symbol, {
      quote: verdict.quote,
      basis: verdict.basis,
      ...(verdict.factor !== undefined && { factor: verdict.factor }),
    });
  }
  const after = { ...memory, memories: new Map([...memory.memories, ...memories]) };
  const settled = new Map([...usable].flatMap(([symbol, it]) => (it.factor === undefined ? [[symbol, it.quote]] : [])));
  for (const quote of basketQuotes(parts, after, settled, now)) usable.set(quote.symbol, { quote, basis: 'same' });
  for (const [symbol, reason] of refused) {
    parts.onRefused?.(reason);
    const level = reason === 'not newer' || !takeWarning(schedule, symbol, reason, now) ? 'debug' : 'warn';
    log[level]({ symbol, reason }, 'quote not used');
  }
  return { usable, refused, memories };
};
