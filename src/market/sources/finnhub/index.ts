import type { Calendar } from '../../calendar.ts';
import type { RawQuote } from '../../quote.ts';
import { type Listed, type Source, SourceError } from '../../source.ts';
import { createFinnhubConnection, type FinnhubOptions } from './connection.ts';
import { FINNHUB, FinnhubFailure } from './failure.ts';
import { quoteSchema } from './schema.ts';

/** Requests under way at a time; Finnhub allows 30 a second. */
const MAX_PARALLEL_REQUESTS = 4;

/** Finnhub writes a class of shares with a dot where Yahoo has a dash: BRK.B. */
const spelled = (ticker: string): string => ticker.replaceAll('-', '.');

/**
 * Quotes of US stocks from Finnhub, one request each, with a free key: a second source. It knows no index and gives no
 * history. It is asked in the order of the symbols, as far as the minute's quota goes.
 */
export const createFinnhub = (options: FinnhubOptions, calendar: Calendar): Source => {
  const connection = createFinnhubConnection(options);

  const ask = async ({ symbol, ticker }: Listed, now: number): Promise<RawQuote | string> => {
    const answer = await connection.quote(spelled(ticker), now);
    if (typeof answer === 'string') return answer;
    const read = quoteSchema.safeParse(answer.json);
    if (!read.success) return 'unreadable';
    const { price, tradeTime } = read.data;
    if (price === null && tradeTime === null) return 'not in the response';
    // Its quotes name no delay and no state of the market: they are of the last trade.
    const marketState = calendar.isOpen(now) ? 'regular' : 'closed';
    return { symbol, price, tradeTime, marketState, delayMinutes: 0, source: FINNHUB };
  };

  return {
    name: FINNHUB,

    async quotes(symbols, now) {
      const quotes: RawQuote[] = [];
      const refused: { symbol: string; reason: string }[] = [];
      let failure: SourceError | undefined;
      for (let from = 0; from < symbols.length; from += MAX_PARALLEL_REQUESTS) {
        const some = symbols.slice(from, from + MAX_PARALLEL_REQUESTS);
        const answers = failure
          ? some.map(() => 'not asked')
          : await Promise.all(
              some.map((listed) =>
                ask(listed, now).catch((error: unknown) => {
                  if (!(error instanceof SourceError)) throw error;
                  failure ??= error;
                  return 'not asked';
                }),
              ),
            );
        for (const [place, answer] of answers.entries()) {
          const { symbol } = some[place] ?? { symbol: '' };
          if (typeof answer === 'string') refused.push({ symbol, reason: answer });
          else quotes.push(answer);
        }
      }
      if (failure && quotes.length === 0) throw failure;
      return { quotes, refused };
    },

    history: async () => {
      throw new FinnhubFailure('refused', 'Finnhub has no price histories for free keys');
    },
  };
};
