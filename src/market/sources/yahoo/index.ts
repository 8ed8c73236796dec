import { newYorkTime } from '../../exchange-time.ts';
import type { MarketState, RawQuote } from '../../quote.ts';
import type { Source } from '../../source.ts';
import { chartSchema } from './chart-schema.ts';
import { createYahooConnection, type YahooOptions } from './connection.ts';
import { readAnswer, YAHOO, YahooFailure } from './failure.ts';
import { entriesSchema, foundSchema, isTicker, marketStateOf, quoteSchema } from './quote-schema.ts';
import { reportDaySchema } from './report-day-schema.ts';

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
        const entry = quoteSchema.safeParse(entries.get(ticker));
        if (!entries.has(ticker)) refused.push({ symbol, reason: 'not in the response' });
        else if (!entry.success) refused.push({ symbol, reason: 'unreadable' });
        else {
          const { stateWord, ticker: _, ...read } = entry.data;
          const marketState = stateOf(stateWord, symbol);
          quotes.push({ symbol, ...read, marketState, source: YAHOO });
        }
      }
      return { quotes, refused };
    },

    async history({ symbol, ticker }, from, now) {
      const start = newYorkTime(from, '00:00');
      if (start >= now) return { bars: [], splits: [] };
      const answer = await ask(now, 'chart', (client, fetch) => client.chart(ticker, start, now, fetch)).catch(
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
    },

    async find(text, now) {
      const ticker = text.trim().toUpperCase();
      if (!isTicker(ticker)) return undefined;
      const entries = await ask(now, 'quote', async (client, fetch) =>
        entriesSchema.parse(await client.find(ticker, fetch)),
      );
      if (!entries.has(ticker)) return undefined;
      return readAnswer(foundSchema, entries.get(ticker), `response for ${ticker}`);
    },

    async reportDay({ symbol, ticker }, now) {
      const answer = await ask(now, 'figures', (client, fetch) => client.events(ticker, fetch));
      return readAnswer(reportDaySchema, answer, `calendar for ${symbol}`);
    },
  };
};
