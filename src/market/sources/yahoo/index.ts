import type { SessionDate } from '../../calendar.ts';
import { newYorkTime } from '../../exchange-time.ts';
import type { MarketState, RawQuote } from '../../quote.ts';
import type { FoundTicker, History, Listed, Source } from '../../source.ts';
import { afterHoursSchema } from './after-hours-schema.ts';
import { chartSchema } from './chart-schema.ts';
import { createYahooConnection, type RequestKind, type YahooOptions } from './connection.ts';
import { readAnswer, YAHOO, YahooFailure } from './failure.ts';
import { entriesSchema, foundSchema, isTicker, marketStateOf, quoteSchema } from './quote-schema.ts';
import { reportDaySchema } from './report-day-schema.ts';

/** Earlier than any record of Yahoo's. */
const FIRST_DAY = '1970-01-01';

/**
 * Quotes and daily bars from Yahoo Finance, without a key. `now` also measures the pause after throttling, which sources
 * with the same connection share.
 */
export const createYahoo = (options: YahooOptions, { ask } = createYahooConnection(options)): Source => {
  const { log } = options;
  const unknownStates = new Set<string>();

  const stateOf = (word: string, symbol: string): MarketState => {
    const state = marketStateOf(word);
    if (state === undefined && !unknownStates.has(word)) {
      unknownStates.add(word);
      log.warn({ source: YAHOO, symbol, word: word.slice(0, 40) }, 'Unknown market state; treated as closed');
    }
    return state ?? 'closed';
  };

  /** The quote in an entry; undefined if it cannot be read. */
  const readQuote = (symbol: string, entry: unknown): RawQuote | undefined => {
    const { data } = quoteSchema.safeParse(entry);
    if (!data) return undefined;
    const { stateWord, ticker: _, ...read } = data;
    return { symbol, ...read, marketState: stateOf(stateWord, symbol), source: YAHOO };
  };

  const lookUp = async (
    text: string,
    now: number,
    kind: RequestKind,
  ): Promise<{ readonly found: FoundTicker; readonly entry: unknown } | undefined> => {
    const ticker = text.trim().toUpperCase();
    if (!isTicker(ticker)) return undefined;
    const entries = await ask(now, kind, async (client, fetch) =>
      entriesSchema.parse(await client.find(ticker, fetch)),
    );
    const entry = entries.get(ticker);
    if (entry === undefined) return undefined;
    const found = readAnswer(foundSchema, entry, `response for ${ticker}`);
    return found && { found, entry };
  };

  const historyOf = async (
    { symbol, ticker }: Listed,
    from: SessionDate,
    now: number,
    kind: RequestKind,
  ): Promise<History> => {
    const start = newYorkTime(from, '00:00');
    if (start >= now) return { bars: [], splits: [] };
    const answer = await ask(now, kind, (client, fetch) => client.chart(ticker, start, now, fetch)).catch(
      (error: unknown) => {
        if (error instanceof YahooFailure && error.cue === 'no-data') return null;
        throw error;
      },
    );
    if (answer === null) return { bars: [], splits: [] };
    const { bars, splits, holes, oddSplits } = readAnswer(chartSchema, answer, `bars for ${symbol}`);
    if (holes > 0) log.info({ source: YAHOO, symbol, holes }, 'Bars without a close dropped');
    if (oddSplits > 0) log.warn({ source: YAHOO, symbol, oddSplits }, 'Unreadable splits dropped');
    return { bars: bars.filter(({ session }) => session >= from), splits };
  };

  return {
    name: YAHOO,

    async quotes(symbols, now) {
      if (symbols.length === 0) return { quotes: [], refused: [] };
      const tickers = symbols.map(({ ticker }) => ticker);
      const entries = await ask(now, 'quote', async (client, fetch) =>
        entriesSchema.parse(await client.quote(tickers, fetch)),
      );
      const quotes: RawQuote[] = [];
      const refused: { symbol: string; reason: string }[] = [];
      for (const { symbol, ticker } of symbols) {
        const quote = readQuote(symbol, entries.get(ticker));
        if (!entries.has(ticker)) refused.push({ symbol, reason: 'not in the response' });
        else if (!quote) refused.push({ symbol, reason: 'unreadable' });
        else quotes.push(quote);
      }
      return { quotes, refused };
    },

    async afterHours(symbols, now) {
      if (symbols.length === 0) return [];
      const tickers = symbols.map(({ ticker }) => ticker);
      const entries = await ask(now, 'quote', async (client, fetch) =>
        entriesSchema.parse(await client.afterHours(tickers, fetch)),
      );
      return symbols.flatMap(({ symbol, ticker }) => {
        const { data } = afterHoursSchema.safeParse(entries.get(ticker));
        return data ? [{ symbol, ...data, source: YAHOO }] : [];
      });
    },

    history: (listed, from, now) => historyOf(listed, from, now, 'chart'),

    find: async (text, now) => (await lookUp(text, now, 'quote'))?.found,

    anyTicker: {
      look: async (text, now) => {
        const it = await lookUp(text, now, 'any');
        const quote = it && readQuote(it.found.ticker, it.entry);
        return it && { found: it.found, ...(quote && { quote }) };
      },
      history: (ticker, now) => historyOf({ symbol: ticker, ticker }, FIRST_DAY, now, 'any'),
    },

    async reportDay({ symbol, ticker }, now) {
      const answer = await ask(now, 'figures', (client, fetch) => client.events(ticker, fetch));
      return readAnswer(reportDaySchema, answer, `calendar for ${symbol}`);
    },
  };
};
