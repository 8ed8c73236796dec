import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../../log.ts';
import type { MarketState, RawQuote } from '../../quote.ts';
import type { Source } from '../../source.ts';
import { chartSchema } from './chart-schema.ts';
import { createClient } from './client.ts';
import { createCoolDown } from './cool-down.ts';
import { asYahooFailure, SOURCE, YahooFailure } from './failure.ts';
import { marketStateOf } from './market-state.ts';
import { entriesSchema, quoteSchema } from './quote-schema.ts';
import { createTries } from './tries.ts';
import { createYahooFetch } from './yahoo-fetch.ts';

export interface YahooOptions {
  /** Replaces the origin of every Yahoo host; path and query stay. For a proxy or a rehearsal. */
  readonly url?: string;
  readonly log: Logger;
  /** For one request. A whole call, with its tries, ends within twice as long. Default: 10 s. */
  readonly timeoutMs?: number;
  readonly wait?: (ms: number) => Promise<void>;
  /** In [0, 1); spreads waits. */
  readonly random?: () => number;
}

const startOf = (session: string): number =>
  Temporal.PlainDate.from(session).toZonedDateTime('America/New_York').epochMilliseconds;

/** Quotes and daily bars from Yahoo Finance, without a key. `now` also measures the pause after Yahoo throttled us. */
export const createYahoo = (options: YahooOptions): Source => {
  const { url, log, timeoutMs = 10_000, wait = (ms: number) => sleep(ms), random = Math.random } = options;
  const client = createClient();
  const fetchUntil = createYahooFetch({ url, timeoutMs });
  const tries = createTries({ wait, random, budgetMs: 2 * timeoutMs });
  const coolDown = createCoolDown(random);
  const oddStates = new Set<string>();

  const ask = async <T>(now: number, question: (fetch: typeof globalThis.fetch) => Promise<T>): Promise<T> => {
    const left = coolDown.left(now);
    if (left > 0) {
      const seconds = Math.ceil(left / 1000);
      throw new YahooFailure('throttled', `Yahoo is throttling us; the next request goes out in ${seconds} s`);
    }
    try {
      const answer = await tries((deadline) => question(fetchUntil(deadline)));
      coolDown.reset();
      return answer;
    } catch (error) {
      const failure = asYahooFailure(error);
      if (failure.fault === 'throttled') {
        coolDown.begin(now, failure.retryAfterMs);
        log.warn({ source: SOURCE, pauseMs: coolDown.left(now) }, 'Source throttles us; requests pause');
      }
      throw failure;
    }
  };

  const stateOf = (word: string, symbol: string): MarketState => {
    const state = marketStateOf(word);
    if (state === undefined && !oddStates.has(word)) {
      oddStates.add(word);
      log.warn({ source: SOURCE, symbol, word: word.slice(0, 40) }, 'Unknown market state; taken for closed');
    }
    return state ?? 'closed';
  };

  return {
    name: SOURCE,

    async quotes(symbols, now) {
      if (symbols.length === 0) return { quotes: [], refused: [] };
      const tickers = symbols.map(({ ticker }) => ticker);
      const entries = await ask(now, async (fetch) => entriesSchema.parse(await client.quote(tickers, fetch)));
      const quotes: RawQuote[] = [];
      const refused: { symbol: string; reason: string }[] = [];
      for (const { symbol, ticker } of symbols) {
        const entry = quoteSchema.safeParse(entries.get(ticker));
        if (!entries.has(ticker)) refused.push({ symbol, reason: 'not in the answer' });
        else if (!entry.success) refused.push({ symbol, reason: 'unreadable' });
        else {
          const { price, tradeTime, stateWord, delayMinutes } = entry.data;
          const marketState = stateOf(stateWord, symbol);
          quotes.push({ symbol, price, tradeTime, marketState, delayMinutes, source: SOURCE });
        }
      }
      return { quotes, refused };
    },

    async history({ symbol, ticker }, from, now) {
      const start = startOf(from);
      if (start >= now) return { bars: [], splits: [] };
      const answer = await ask(now, (fetch) => client.chart(ticker, start, now, fetch)).catch((error: unknown) => {
        if (error instanceof YahooFailure && error.cue === 'no-data') return null;
        throw error;
      });
      if (answer === null) return { bars: [], splits: [] };
      const chart = chartSchema.safeParse(answer);
      if (!chart.success) {
        const where = chart.error.issues[0]?.path.join('.');
        const message = `Yahoo's bars of ${symbol} cannot be read (at ${where}); its service may have changed`;
        throw new YahooFailure('unreadable', message);
      }
      const { bars, splits, holes, oddSplits } = chart.data;
      if (holes > 0) log.info({ source: SOURCE, symbol, holes }, 'Bars without a close dropped');
      if (oddSplits > 0) log.warn({ source: SOURCE, symbol, oddSplits }, 'Unreadable splits dropped');
      return { bars: bars.filter(({ session }) => session >= from), splits };
    },
  };
};
