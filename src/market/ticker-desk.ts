import { isDueAgain } from '../util/due-again.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { createLru } from '../util/lru.ts';
import { createSingleFlight } from '../util/promises.ts';
import type { Bar } from './bar.ts';
import { type Calendar, FINAL_AFTER_MINUTES, type SessionDate } from './calendar.ts';
import { EXCHANGE_TIME_ZONE } from './exchange-time.ts';
import { judgeUnwatched, type UnwatchedVerdict, usableBars } from './judge-unwatched.ts';
import type { PriceMemory } from './price-memory.ts';
import type { ReceivedQuote } from './quote.ts';
import { tickerSpellings } from './share-class.ts';
import { type AnyTicker, type AnyTickerAnswer, type FoundTicker, SourceError } from './source.ts';
import type { Kind, Watched } from './watchlist.ts';

/** What a card about a ticker that nobody watches is made of. */
export interface TickerOnDesk {
  readonly kind: 'found';
  /** As if it were watched; its symbol is the source's ticker. */
  readonly watched: Watched;
  /** Final bars, oldest first; at least two. */
  readonly bars: readonly Bar[];
  readonly quote?: ReceivedQuote;
  /** What is not settled about the price, in a few fixed words. */
  readonly question?: string;
  /** Why there is nothing newer: the source has failed since. */
  readonly problem?: string;
}

/** Why there is no card about a ticker. */
export type DeskRefusal =
  /** The source does not know it. */
  | { readonly kind: 'unknown' }
  /** The source knows only what is watched. */
  | { readonly kind: 'no-lookup' }
  /** A fund, a coin, a future, a currency: it has no sessions of the exchange's. */
  | { readonly kind: 'no-stock'; readonly name: string }
  /** Not in US dollars (ISO 4217, or what the source calls pence), or not at New York hours. */
  | { readonly kind: 'elsewhere'; readonly name: string; readonly currency: string }
  /** The source knows it, and not two closes of it that could be used. */
  | { readonly kind: 'no-history'; readonly name: string }
  /** The source does not answer. */
  | { readonly kind: 'no-answer' }
  /** Asking the source again is not allowed for so long. */
  | { readonly kind: 'limited'; readonly waitMs: number };

/** Counts a question that the source has to be asked for. Returns the milliseconds to wait, or 0 if it may be asked. */
export type MayAsk = () => number;

/**
 * Answers about any ticker that the source knows: asked for when somebody asks, kept for a while, for a bounded number of
 * tickers, in memory alone.
 */
export interface TickerDesk {
  /** `now` in epoch milliseconds. */
  look(typed: string, now: number, mayAsk: MayAsk): Promise<TickerOnDesk | DeskRefusal>;
}

export interface TickerDeskOptions {
  /** Absent for a source that cannot look tickers up. */
  readonly anyTicker: AnyTicker | undefined;
  readonly calendar: Calendar;
  /** How long a quote counts as new while the exchange is open. */
  readonly pollMs: number;
}

const EXCHANGE_CURRENCY = 'USD';
/** Names and quotes, by spelling, unknown ones included. */
const MAX_SPELLINGS = 500;
/** Whole histories: one of 60 years is 2 MB. */
const MAX_HISTORIES = 32;
const UNKNOWN_FOR_MS = 10 * MINUTE_MS;
/** A quote while nothing trades; the last one of a session is corrected for a while. */
const CLOSED_FOR_MS = 30 * MINUTE_MS;
const AFTER_BELL_MS = 30 * MINUTE_MS;
/** A history that lacks the last session, or that its quote contradicts, is asked for again after this. */
const SECOND_LOOK_MS = 10 * MINUTE_MS;
/** One close is no history to measure a price by. */
const MIN_CLOSES = 2;
const MAX_NAME_LENGTH = 60;

interface Look {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly answer: AnyTickerAnswer | undefined;
}

interface Record {
  readonly at: number;
  /** The last session that was final then. */
  readonly until: SessionDate;
  readonly bars: readonly Bar[];
  readonly question?: string;
  /** What the last quote has left open. */
  memory: PriceMemory;
}

class LimitReached extends Error {
  readonly waitMs: number;

  constructor(waitMs: number) {
    super('limit reached');
    this.waitMs = waitMs;
  }
}

/** A name from outside: one line of bounded length. */
const plainName = (name: string): string =>
  [...name.replaceAll(/\p{C}+/gu, ' ').trim()].slice(0, MAX_NAME_LENGTH).join('').trim();

const isKind = (kind: FoundTicker['kind']): kind is Kind => kind !== 'other';

const watchedOf = ({ ticker, name }: FoundTicker, kind: Kind): Watched => ({
  symbol: ticker,
  kind,
  name: { en: plainName(name) || ticker },
  aliases: [],
  tickers: {},
  custom: true,
});

export const createTickerDesk = ({ anyTicker, calendar, pollMs }: TickerDeskOptions): TickerDesk => {
  const looks = createLru<string, Look>(MAX_SPELLINGS);
  const records = createLru<string, Record>(MAX_HISTORIES);
  const looking = createSingleFlight<Look>();
  const downloading = createSingleFlight<Record>();

  const isTrading = (now: number): boolean => {
    const close = calendar.hours(calendar.dayOf(now))?.close ?? 0;
    return calendar.isOpen(now) || (now >= close && now < close + AFTER_BELL_MS);
  };

  const isLookOld = ({ at, answer }: Look, now: number): boolean =>
    isDueAgain(at, answer === undefined ? UNKNOWN_FOR_MS : isTrading(now) ? pollMs : CLOSED_FOR_MS, now);

  const lastFinal = (now: number): SessionDate => calendar.lastFinal(now - FINAL_AFTER_MINUTES * MINUTE_MS);

  const isRecordOld = ({ at, until, bars }: Record, now: number): boolean =>
    until !== lastFinal(now) || (bars.at(-1)?.session !== until && isDueAgain(at, SECOND_LOOK_MS, now));

  const ask = (source: AnyTicker, spelling: string, now: number): Promise<Look> =>
    looking.begin(spelling, async () => {
      const look = { at: now, answer: await source.look(spelling, now) };
      looks.set(spelling, look);
      return look;
    });

  const download = (source: AnyTicker, ticker: string, now: number): Promise<Record> =>
    downloading.begin(ticker, async () => {
      const until = lastFinal(now);
      const record: Record = {
        ...{ at: now, until, memory: {} },
        ...usableBars(await source.history(ticker, now), until, calendar),
      };
      records.set(ticker, record);
      return record;
    });

  return {
    look: async (typed, now, mayAsk) => {
      if (!anyTicker) return { kind: 'no-lookup' };
      let isAllowed = false;
      let problem: string | undefined;
      const allow = (): void => {
        const waitMs = isAllowed ? 0 : mayAsk();
        if (waitMs > 0) throw new LimitReached(waitMs);
        isAllowed = true;
      };
      /** What is kept, or what somebody else is asking for, or the source's answer; of what is kept, the old if there is no new. */
      const newest = async <T>(
        kept: T | undefined,
        underWay: Promise<T> | undefined,
        begin: () => Promise<T>,
      ): Promise<T> => {
        try {
          if (!underWay) allow();
          return await (underWay ?? begin());
        } catch (error) {
          if (kept === undefined || !(error instanceof SourceError || error instanceof LimitReached)) throw error;
          if (error instanceof SourceError) problem = error.message;
          return kept;
        }
      };
      const lookAt = async (spelling: string): Promise<Look> => {
        const kept = looks.get(spelling);
        if (kept && !isLookOld(kept, now)) return kept;
        const known = kept?.answer && kept;
        return newest(known, looking.underWay(spelling), () => ask(anyTicker, spelling, now));
      };
      const recordOf = async (ticker: string, isContradicted = false): Promise<Record> => {
        const kept = records.get(ticker);
        const isOld = kept && (isRecordOld(kept, now) || (isContradicted && isDueAgain(kept.at, SECOND_LOOK_MS, now)));
        if (kept && !isOld) return kept;
        return newest(kept, downloading.underWay(ticker), () => download(anyTicker, ticker, now));
      };

      try {
        let look: Look | undefined;
        for (const spelling of tickerSpellings(typed)) {
          look = await lookAt(spelling.toUpperCase());
          if (look.answer) break;
        }
        const { answer, at = now } = look ?? {};
        if (!answer) return { kind: 'unknown' };
        const { found, quote: raw } = answer;
        const { ticker, currency, kind } = found;
        const name = plainName(found.name) || ticker;
        if (!isKind(kind)) return { kind: 'no-stock', name };
        if (currency !== EXCHANGE_CURRENCY || found.timeZone !== EXCHANGE_TIME_ZONE)
          return { kind: 'elsewhere', name, currency };

        const judge = (record: Record): Pick<UnwatchedVerdict, 'quote' | 'question'> => {
          if (!raw) return { question: 'no price' };
          const verdict = judgeUnwatched(raw, { ...record, kind, calendar, now });
          record.memory = verdict.memory;
          return verdict;
        };
        let record = await recordOf(ticker);
        let { quote, question } = judge(record);
        if (question === 'unit in doubt') {
          record = await recordOf(ticker, true);
          ({ quote, question } = judge(record));
        }
        if (record.bars.length < MIN_CLOSES) return { kind: 'no-history', name };
        const open = record.question ?? question;
        return {
          kind: 'found',
          watched: watchedOf(found, kind),
          bars: record.bars,
          ...(quote && { quote: { ...quote, seenAt: at, afterGap: false } }),
          ...(open !== undefined && { question: open }),
          ...(problem !== undefined && { problem }),
        };
      } catch (error) {
        if (error instanceof LimitReached) return { kind: 'limited', waitMs: error.waitMs };
        if (!(error instanceof SourceError)) throw error;
        return { kind: error.fault === 'unknown-symbol' ? 'unknown' : 'no-answer' };
      }
    },
  };
};
