import type { Logger } from '../telemetry/log.ts';
import type { RawQuote } from './quote.ts';
import { type Listed, type Quotes, type Source, SourceError } from './source.ts';

/** The second source answers one symbol a request, 60 a minute: while it stands in, each is asked for so often. */
const STAND_IN_MS = 55_000;

interface Held {
  readonly askedAt: number;
  readonly quote?: RawQuote;
  readonly reason?: string;
}

/**
 * One source made of two. The first gives everything; while it is down, the second gives the quotes of stocks, the
 * histories and the indices wait. Prices that have jumped can be confirmed by the second.
 */
export const createFailover = (first: Source, second: Source, log: Logger): Source => {
  const held = new Map<string, Held>();
  let standingIn = false;
  let trouble: string | undefined;

  /** Those that the second source may know, by its own names. */
  const elsewhere = (symbols: readonly Listed[]): Listed[] =>
    symbols
      .filter(({ kind }) => kind !== 'index')
      .map((it) => ({ ...it, ticker: it.tickers?.[second.name.toLowerCase()] ?? it.symbol }));

  /** Its quotes; none, and a word in the log, where it fails. */
  const askSecond = async (symbols: readonly Listed[], now: number): Promise<Quotes> => {
    if (symbols.length === 0) return { quotes: [], refused: [] };
    try {
      const answer = await second.quotes(symbols, now);
      trouble = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (trouble !== error.message)
        log.warn({ source: second.name, reason: error.message }, 'second source unavailable');
      trouble = error.message;
      return { quotes: [], refused: symbols.map(({ symbol }) => ({ symbol, reason: 'second source unavailable' })) };
    }
  };

  const standIn = async (symbols: readonly Listed[], now: number, down: SourceError): Promise<Quotes> => {
    const stocks = elsewhere(symbols);
    const askedAt = ({ symbol }: Listed) => held.get(symbol)?.askedAt ?? Number.NEGATIVE_INFINITY;
    const due = stocks
      .filter((it) => now - askedAt(it) >= STAND_IN_MS || now < askedAt(it))
      .toSorted((a, b) => askedAt(a) - askedAt(b));
    const answer = await askSecond(due, now);
    for (const quote of answer.quotes) held.set(quote.symbol, { askedAt: now, quote });
    for (const { symbol, reason } of answer.refused) {
      const quote = held.get(symbol)?.quote;
      held.set(symbol, { askedAt: now, reason, ...(quote && { quote }) });
    }
    const quotes = stocks.flatMap(({ symbol }) => held.get(symbol)?.quote ?? []);
    if (quotes.length === 0) throw down;
    if (!standingIn) log.warn({ source: second.name, reason: down.message }, 'switched to second source');
    standingIn = true;
    const have = new Set(quotes.map(({ symbol }) => symbol));
    const refused = symbols
      .filter(({ symbol }) => !have.has(symbol))
      .map(({ symbol }) => ({ symbol, reason: held.get(symbol)?.reason ?? 'second source unavailable' }));
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
        held.clear();
        return answer;
      } catch (error) {
        if (!(error instanceof SourceError) || error.fault === 'unknown-symbol') throw error;
        return await standIn(symbols, now, error);
      }
    },

    // While it stands in, its own word would confirm it.
    confirm: (symbols, now) =>
      standingIn ? Promise.resolve({ quotes: [], refused: [] }) : askSecond(elsewhere(symbols), now),
  };
};
