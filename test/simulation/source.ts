import type { Split } from '../../src/market/bar.ts';
import type { SessionDate } from '../../src/market/calendar.ts';
import type { Micros } from '../../src/market/money.ts';
import type { AfterHoursQuote, RawQuote } from '../../src/market/quote.ts';
import {
  type History,
  type Listed,
  type Quotes,
  type ReportOn,
  type Source,
  SourceError,
} from '../../src/market/source.ts';
import { EVENING_MS, eveningPrice } from './evenings.ts';
import type { Fault, FaultKind } from './faults.ts';
import { barOf } from './market.ts';
import type { Scenario } from './scenario.ts';

const NAME = 'simulated';
const BROKEN = ['unreachable', 'throttled', 'refused', 'unreadable'] as const;

/** After the bell there is a new trade so often. */
const TRADES_EVERY_MS = 20_000;

/** Rounds to whole cents in micro-units, as a source does that divides. */
const inCents = (micros: number): Micros => Math.round(micros / 10_000) * 10_000;

/** What the source would say, were it not for the network. */
export interface Answers {
  quotes(symbols: readonly Listed[], now: number): Quotes;
  history(symbol: Listed, from: SessionDate, now: number): History;
  afterHours(symbols: readonly Listed[], now: number): readonly AfterHoursQuote[];
  reportDay(company: Listed, now: number): ReportOn | undefined;
  /** How long an answer takes, milliseconds. */
  latencyMs(now: number): number;
}

/** The source of a scenario, with its faults. Asked at the same times, it says the same. */
export const createAnswers = ({ market, calendar, faults, evenings }: Scenario): Answers => {
  const told = new Set<Fault>();
  const at = (kind: FaultKind, now: number, symbol?: string): Fault | undefined =>
    faults.find(
      (it) => it.kind === kind && it.from <= now && now < it.to && (it.symbol === undefined || it.symbol === symbol),
    );
  const splitOf = (symbol: string): Fault | undefined =>
    faults.find((it) => it.kind === 'split' && it.symbol === symbol);
  const openOf = (session: SessionDate | undefined): number => (session && calendar.hours(session)?.open) || 0;
  /** What prices of before a split are multiplied with while a part of it has not arrived. */
  const oldUnit = (symbol: string, arrived: (split: Fault) => boolean): number => {
    const split = splitOf(symbol);
    return split && !arrived(split) ? (split.value ?? 1) : 1;
  };

  const breakDown = (fault: Fault | undefined): void => {
    const how = fault && BROKEN[fault.value ?? 0];
    if (how) throw new SourceError(NAME, how, `${NAME} is ${how}`);
  };

  const honestQuote = (symbol: string, now: number): RawQuote => {
    const day = calendar.sessionOf(now);
    const { open = 0 } = calendar.hours(day) ?? {};
    const session = now < open + 1_000 ? calendar.previous(day) : day;
    const hours = calendar.hours(session);
    const tradeTime = Math.min(Math.floor(now / 1_000) * 1_000 - 1_000, hours?.close ?? 0);
    const isNew = (split: Fault): boolean => session >= (split.session ?? '');
    const price = inCents(market.priceAt(symbol, tradeTime) * oldUnit(symbol, isNew));
    const previous = calendar.previous(session);
    const previousClose =
      market.closeOf(symbol, previous) *
      oldUnit(symbol, (split) => (isNew(split) ? now >= (split.times?.previousClose ?? 0) : false));
    return {
      ...{ symbol, price, tradeTime, delayMinutes: 0, source: NAME, previousClose: inCents(previousClose) },
      marketState: calendar.isOpen(now) ? 'regular' : 'closed',
    };
  };

  const wrongTick = (symbol: string, now: number): Fault | undefined => {
    const fault = at('wrong tick', now, symbol);
    if (!fault || told.has(fault)) return undefined;
    told.add(fault);
    return fault;
  };

  const quoteOf = (symbol: string, now: number): RawQuote | undefined => {
    const stale = at('stale price', now, symbol);
    const quote = honestQuote(symbol, stale ? stale.from : now);
    const missing = at('no quote', now, symbol);
    if (missing?.value === 0) return undefined;
    const ahead = at('time ahead', now, symbol);
    const wrong = stale ? undefined : wrongTick(symbol, now);
    const time = (quote.tradeTime ?? 0) + (ahead?.value ?? 0);
    return {
      ...quote,
      price: missing?.value === 1 ? null : missing?.value === 2 ? 0 : inCents((quote.price ?? 0) * (wrong?.value ?? 1)),
      tradeTime: missing?.value === 3 ? null : at('time in milliseconds', now, symbol) ? time * 1_000 : time,
      previousClose: at('no previous close', now, symbol) ? null : quote.previousClose,
    };
  };

  const eveningQuote = (symbol: string, now: number): AfterHoursQuote[] => {
    const session = calendar.dayOf(now);
    const bell = calendar.hours(session)?.close;
    if (bell === undefined || now < bell || !market.symbols.includes(symbol) || symbol === 'IXIC') return [];
    if (at('no quote', now, symbol)) return [];
    const seenAt = at('stale price', now, symbol)?.from ?? now;
    const tradeTime = Math.floor(Math.min(seenAt, bell + EVENING_MS) / TRADES_EVERY_MS) * TRADES_EVERY_MS - 5_000;
    const close = inCents(market.closeOf(symbol, session));
    const evening = evenings.find((it) => it.symbol === symbol && it.session === session);
    return [
      {
        ...{ symbol, close, closeTime: bell + 1_000, delayMinutes: 0, source: NAME },
        price: evening ? eveningPrice(evening, tradeTime) : close,
        tradeTime: tradeTime + (at('time ahead', now, symbol)?.value ?? 0),
      },
    ];
  };

  return {
    afterHours: (symbols, now) => {
      breakDown(at('source down', now));
      return symbols.flatMap(({ symbol }) => eveningQuote(symbol, now));
    },
    reportDay: ({ symbol }, now) => {
      breakDown(at('source down', now));
      const reports = evenings.find((it) => it.symbol === symbol && it.reports);
      return reports && { day: reports.session, estimated: false };
    },
    latencyMs: (now) => at('slow source', now)?.value ?? 0,
    quotes: (symbols, now) => {
      breakDown(at('source down', now));
      const answers = symbols.map(({ symbol }) => ({
        symbol,
        // QQQ, which the bot compares the Nasdaq with, is not served.
        quote: market.symbols.includes(symbol) ? quoteOf(symbol, now) : undefined,
      }));
      return {
        quotes: answers.flatMap(({ quote }) => quote ?? []),
        refused: answers.flatMap(({ symbol, quote }) => (quote ? [] : { symbol, reason: 'not in the response' })),
      };
    },
    history: ({ symbol }, from, now) => {
      breakDown(at('source down', now));
      breakDown(at('history down', now, symbol));
      const split = splitOf(symbol);
      const isMissing = (session: SessionDate): boolean =>
        faults.some(
          (it) =>
            (it.kind === 'late close' || it.kind === 'missing row') &&
            it.symbol === symbol &&
            it.session === session &&
            it.from <= now &&
            now < it.to,
        );
      const wrong = (session: SessionDate): number =>
        faults.find((it) => it.kind === 'wrong close' && it.symbol === symbol && it.session === session && now < it.to)
          ?.value ?? 1;
      const unit = (session: SessionDate): number =>
        split && session < (split.session ?? '') && now < (split.times?.rows ?? 0) ? (split.value ?? 1) : 1;
      const bars = market
        .closes(symbol, now)
        .filter(({ session }) => session >= from && !isMissing(session))
        .map(({ session, close }) => barOf(session, inCents(close * wrong(session) * unit(session))));
      const isTold = split && now >= (split.times?.told ?? 0) && now >= openOf(split.session) - 12 * 3_600_000;
      const ratio = split?.value ?? 1;
      const splits: Split[] =
        split && isTold
          ? [
              {
                session: split.session ?? '',
                numerator: ratio > 1 ? ratio : 1,
                denominator: ratio > 1 ? 1 : Math.round(1 / ratio),
              },
            ]
          : [];
      return { bars, splits };
    },
  };
};

/** Makes a source of answers. `call` says when, and whether, an answer comes. */
export const createSource = (answers: Answers, call: <T>(what: string, answer: () => T) => Promise<T>): Source => ({
  name: NAME,
  afterHours: (symbols, now) => call('after hours', () => answers.afterHours(symbols, now)),
  reportDay: (company, now) => call(`report day of ${company.symbol}`, () => answers.reportDay(company, now)),
  quotes: (symbols, now) => call('quotes', () => answers.quotes(symbols, now)),
  history: (symbol, from, now) =>
    call(`history ${symbol.symbol} from ${from}`, () => answers.history(symbol, from, now)),
});
