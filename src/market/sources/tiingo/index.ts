import { HOUR_MS, MINUTE_MS } from '../../../util/durations.ts';
import type { Calendar } from '../../calendar.ts';
import type { RawQuote } from '../../quote.ts';
import type { Listed, Offer, Source } from '../../source.ts';
import type { KeyedOptions } from '../keyed-host.ts';
import { createTiingoConnection } from './connection.ts';
import { TIINGO, tiingoFailures } from './failure.ts';
import { dailySchema } from './history-schema.ts';
import { iexEntriesSchema, iexQuoteSchema } from './quote-schema.ts';

/** All quotes are one request. With eight histories an hour, that leaves some of a free key's fifty for confirmations. */
const OFFER: Offer = {
  quotes: ['stock'],
  histories: ['stock'],
  previousCloses: true,
  quoteEveryMs: 2 * MINUTE_MS,
  historyEveryMs: HOUR_MS,
};

/** Tickers in one request, so that its address stays short. */
const MAX_TICKERS = 100;

/** Tiingo writes a share class with a dash, as we do; what people add may come with a dot. */
const tiingoTicker = (ticker: string): string => ticker.replaceAll('.', '-').toUpperCase();

/** Quotes and daily bars of US stocks and funds from Tiingo, with a free key, as a backup. No indexes. */
export const createTiingo = (options: KeyedOptions, calendar: Calendar): Source => {
  const connection = createTiingoConnection(options);

  const readQuote = ({ symbol }: Listed, entry: unknown, now: number): RawQuote | string => {
    if (entry === undefined) return 'not in the response';
    const read = iexQuoteSchema.safeParse(entry);
    if (!read.success) return 'unreadable';
    const { price, tradeTime, previousClose } = read.data;
    const marketState = calendar.isOpen(now) ? 'regular' : 'closed';
    return { symbol, price, tradeTime, previousClose, marketState, delayMinutes: 0, source: TIINGO };
  };

  return {
    name: TIINGO,
    offer: OFFER,

    async quotes(symbols, now) {
      const quotes: RawQuote[] = [];
      const refused: { symbol: string; reason: string }[] = [];
      for (let from = 0; from < symbols.length; from += MAX_TICKERS) {
        const asked = symbols.slice(from, from + MAX_TICKERS);
        const tickers = asked.map(({ ticker }) => tiingoTicker(ticker));
        const entries = iexEntriesSchema.safeParse(await connection.quotes(tickers, now));
        if (!entries.success) throw tiingoFailures.unreadable();
        for (const listed of asked) {
          const read = readQuote(listed, entries.data.get(tiingoTicker(listed.ticker)), now);
          if (typeof read === 'string') refused.push({ symbol: listed.symbol, reason: read });
          else quotes.push(read);
        }
      }
      return { quotes, refused };
    },

    async history({ symbol, ticker }, from, now) {
      const answer = dailySchema.safeParse(await connection.prices(tiingoTicker(ticker), from, now));
      if (!answer.success) throw tiingoFailures.unreadable();
      const { bars, splits, holes } = answer.data;
      if (holes > 0) options.log.info({ source: TIINGO, symbol, holes }, 'Bars without a close dropped');
      return { bars: bars.filter(({ session }) => session >= from), splits };
    },
  };
};
