import { isDueAgain } from '../util/due-again.ts';
import type { SessionDate } from './calendar.ts';
import type { RawQuote } from './quote.ts';
import type { History, Listed, Offer, Quotes, Source } from './source.ts';

/** The last answer about one symbol. `askedAt` in epoch milliseconds. */
interface LastQuote {
  readonly askedAt: number;
  readonly quote?: RawQuote;
  readonly reason?: string;
}

interface LastHistory {
  readonly askedAt: number;
  readonly from: SessionDate;
  readonly history: History;
}

/** A backup that may get few requests: asked about a symbol at most every so often, it repeats its last answer in between. */
export interface PacedSource {
  quotes(symbols: readonly Listed[], now: number): Promise<Quotes>;
  history(symbol: Listed, from: SessionDate, now: number): Promise<History>;
  forgetQuotes(): void;
  forgetHistories(): void;
}

/** Paces a source by its offer. */
export const createPacedSource = (source: Source, { quoteEveryMs, historyEveryMs }: Offer): PacedSource => {
  const quotes = new Map<string, LastQuote>();
  const histories = new Map<string, LastHistory>();
  const askedAt = ({ symbol }: Listed): number | undefined => quotes.get(symbol)?.askedAt;

  return {
    async quotes(symbols, now) {
      const due = symbols
        .filter((it) => isDueAgain(askedAt(it), quoteEveryMs, now))
        .toSorted((a, b) => (askedAt(a) ?? 0) - (askedAt(b) ?? 0));
      if (due.length > 0) {
        const answer = await source.quotes(due, now);
        for (const quote of answer.quotes) quotes.set(quote.symbol, { askedAt: now, quote });
        for (const { symbol, reason } of answer.refused) quotes.set(symbol, { askedAt: now, reason });
      }
      const found: RawQuote[] = [];
      const refused: { symbol: string; reason: string }[] = [];
      for (const { symbol } of symbols) {
        const { quote, reason = 'not in the response' } = quotes.get(symbol) ?? {};
        if (quote) found.push(quote);
        else refused.push({ symbol, reason });
      }
      return { quotes: found, refused };
    },

    async history(listed, from, now) {
      const last = histories.get(listed.symbol);
      if (last?.from === from && !isDueAgain(last.askedAt, historyEveryMs, now)) return last.history;
      const history = await source.history(listed, from, now);
      histories.set(listed.symbol, { askedAt: now, from, history });
      return history;
    },

    forgetQuotes: () => quotes.clear(),
    forgetHistories: () => histories.clear(),
  };
};
