import type { Logger } from '../telemetry/log.ts';
import type { RawQuote } from './quote.ts';
import { type Listed, type Quotes, type Source, SourceError } from './source.ts';

/** Interval per symbol while the second source stands in: it takes one symbol a request, 60 requests a minute. */
const STAND_IN_INTERVAL_MS = 55_000;

/** The last answer of the second source for one symbol. */
interface StandInAnswer {
  readonly askedAt: number;
  readonly quote?: RawQuote;
  readonly reason?: string;
}

/**
 * Combines two sources into one. The first gives everything. While it is down, the second gives quotes of stocks;
 * histories and index quotes wait. The second also confirms prices that have jumped.
 */
export const createFailover = (first: Source, second: Source, log: Logger): Source => {
  const answers = new Map<string, StandInAnswer>();
  let standingIn = false;
  let loggedFailure: string | undefined;

  /** The stocks, with the second source's tickers. */
  const stocksAtSecond = (symbols: readonly Listed[]): Listed[] =>
    symbols
      .filter(({ kind }) => kind !== 'index')
      .map((it) => ({ ...it, ticker: it.tickers?.[second.name.toLowerCase()] ?? it.symbol }));

  /** Quotes of the second source; none if it fails, which is logged once. */
  const askSecond = async (symbols: readonly Listed[], now: number): Promise<Quotes> => {
    if (symbols.length === 0) return { quotes: [], refused: [] };
    try {
      const answer = await second.quotes(symbols, now);
      loggedFailure = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (loggedFailure !== error.message)
        log.warn({ source: second.name, reason: error.message }, 'second source unavailable');
      loggedFailure = error.message;
      return { quotes: [], refused: symbols.map(({ symbol }) => ({ symbol, reason: 'second source unavailable' })) };
    }
  };

  const standIn = async (symbols: readonly Listed[], now: number, down: SourceError): Promise<Quotes> => {
    const stocks = stocksAtSecond(symbols);
    const askedAt = ({ symbol }: Listed) => answers.get(symbol)?.askedAt ?? Number.NEGATIVE_INFINITY;
    const due = stocks
      .filter((it) => now - askedAt(it) >= STAND_IN_INTERVAL_MS || now < askedAt(it))
      .toSorted((a, b) => askedAt(a) - askedAt(b));
    const answer = await askSecond(due, now);
    for (const quote of answer.quotes) answers.set(quote.symbol, { askedAt: now, quote });
    for (const { symbol, reason } of answer.refused) {
      const quote = answers.get(symbol)?.quote;
      answers.set(symbol, { askedAt: now, reason, ...(quote && { quote }) });
    }
    const quotes = stocks.flatMap(({ symbol }) => answers.get(symbol)?.quote ?? []);
    if (quotes.length === 0) throw down;
    if (!standingIn)
      log.warn({ source: second.name, reason: down.message, remedy: down.remedy }, 'switched to second source');
    standingIn = true;
    const have = new Set(quotes.map(({ symbol }) => symbol));
    const refused = symbols
      .filter(({ symbol }) => !have.has(symbol))
      .map(({ symbol }) => ({ symbol, reason: answers.get(symbol)?.reason ?? 'second source unavailable' }));
    return { quotes, refused, standIn: { source: second.name, because: down.message } };
  };

  return {
    name: first.name,
    ...(first.find && { find: first.find }),
    ...(first.reportDay && { reportDay: first.reportDay }),
    history: first.history,

    async quotes(symbols, now) {
      try {
        const answer = await first.quotes(symbols, now);
        if (standingIn) log.info({ source: first.name }, 'switched back to first source');
        standingIn = false;
        answers.clear();
        return answer;
      } catch (error) {
        if (!(error instanceof SourceError) || error.fault === 'unknown-symbol') throw error;
        return await standIn(symbols, now, error);
      }
    },

    // While the second source stands in, it would confirm itself.
    confirm: (symbols, now) =>
      standingIn ? Promise.resolve({ quotes: [], refused: [] }) : askSecond(stocksAtSecond(symbols), now),
  };
};
