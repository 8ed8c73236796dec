import { z } from 'zod';
import type { Calendar } from '../../calendar.ts';
import { MAX_PRICE, toMicros } from '../../money.ts';
import type { RawQuote } from '../../quote.ts';
import { type Listed, type Offer, type Source, SourceError } from '../../source.ts';
import type { KeyedOptions } from '../keyed-host.ts';
import { createFinnhubConnection } from './connection.ts';
import { FINNHUB } from './failure.ts';

/** Finnhub allows 30 requests a second. */
const MAX_PARALLEL_REQUESTS = 4;

/** Seconds since 1970 that a calendar can hold. */
const MAX_SECONDS = 8.64e12;

/** The quote answer: `c` the last price, `t` its time in epoch seconds, `pc` the previous close. A symbol that Finnhub does not know is all zeros. */
const quoteSchema = z
  .object({
    c: z.number().max(MAX_PRICE).nullable(),
    t: z.number().max(MAX_SECONDS).nullable(),
    pc: z.number().max(MAX_PRICE).nullish().catch(null),
  })
  .transform(({ c, t, pc }) => {
    const price = toMicros(c ?? 0);
    const previousClose = toMicros(pc ?? 0);
    return {
      price: price > 0 ? price : null,
      /** Whole epoch milliseconds. */
      tradeTime: t !== null && t > 0 ? Math.round(t * 1000) : null,
      previousClose: previousClose > 0 ? previousClose : null,
    };
  });

/** Sixty requests a minute, one a symbol. */
const OFFER: Offer = {
  quotes: ['stock'],
  histories: [],
  previousCloses: true,
  quoteEveryMs: 55_000,
  historyEveryMs: Number.POSITIVE_INFINITY,
};

/** Finnhub's spelling of a share class: BRK.B for BRK-B. */
const finnhubTicker = (ticker: string): string => ticker.replaceAll('-', '.');

/**
 * Quotes of US stocks from Finnhub with a free key, as a backup. No indexes, no history. One request a symbol, in
 * the order of the symbols, until the minute's quota is used up.
 */
export const createFinnhub = (options: KeyedOptions, calendar: Calendar): Source => {
  const connection = createFinnhubConnection(options);

  const ask = async ({ symbol, ticker }: Listed, now: number): Promise<RawQuote | string> => {
    const answer = await connection.quote(finnhubTicker(ticker), now);
    if (typeof answer === 'string') return answer;
    const read = quoteSchema.safeParse(answer.json);
    if (!read.success) return 'unreadable';
    const { price, tradeTime, previousClose } = read.data;
    if (price === null && tradeTime === null) return 'not in the response';
    // The answer has no delay and no market state: it is the last trade.
    const marketState = calendar.isOpen(now) ? 'regular' : 'closed';
    return { symbol, price, tradeTime, previousClose, marketState, delayMinutes: 0, source: FINNHUB };
  };

  return {
    name: FINNHUB,
    offer: OFFER,

    async quotes(symbols, now) {
      const quotes: RawQuote[] = [];
      const refused: { symbol: string; reason: string }[] = [];
      let failure: SourceError | undefined;
      for (let from = 0; from < symbols.length; from += MAX_PARALLEL_REQUESTS) {
        const batch = symbols.slice(from, from + MAX_PARALLEL_REQUESTS);
        const answers = failure
          ? batch.map(() => 'not asked')
          : await Promise.all(
              batch.map((listed) =>
                ask(listed, now).catch((error: unknown) => {
                  if (!(error instanceof SourceError)) throw error;
                  failure ??= error;
                  return 'not asked';
                }),
              ),
            );
        for (const [index, answer] of answers.entries()) {
          const { symbol } = batch[index] ?? { symbol: '' };
          if (typeof answer === 'string') refused.push({ symbol, reason: answer });
          else quotes.push(answer);
        }
      }
      if (failure && quotes.length === 0) throw failure;
      return { quotes, refused };
    },

    history: async () => {
      throw new SourceError(FINNHUB, 'refused', 'Finnhub has no price histories for free keys');
    },
  };
};
