import type { DoubleBar, DoubleQuote, Market } from './market.ts';
import { newYorkDay, openingOf, splitFactor } from './market.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

export const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json;charset=utf-8', 'cache-control': 'public, max-age=1' },
  body: JSON.stringify(body),
});

export const text = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain;charset=utf-8' },
  body,
});

/** Yahoo's way to say no, `{finance: …}` for quotes and `{chart: …}` for charts. */
export const refusal = (status: number, room: 'finance' | 'chart', code: string, description: string): Answer =>
  json(status, { [room]: { result: null, error: { code, description } } });

/** Epoch milliseconds. */
const MAX_INSTANT = 8.64e15;

/** The last close before the session of a quote, in the unit of that session. */
const previousCloseOf = (market: Market, ticker: string, time: number | null): number | undefined => {
  const session = time === null || time > MAX_INSTANT ? undefined : newYorkDay(time);
  const splits = market.splits.get(ticker) ?? [];
  const bar = market.bars
    .get(ticker)
    ?.findLast((it) => session !== undefined && it.session < session && it.close !== null);
  if (!bar || session === undefined) return undefined;
  const told = splits.filter((split) => split.session <= session);
  return Number(((bar.close ?? 0) / splitFactor(told, bar.session)).toFixed(4));
};

/** After-hours fields come only where they are named or no field is. The change is in percent here, a fraction elsewhere. */
const postMarketOf = ({ price, postMarket }: DoubleQuote, fields: string | null): Record<string, unknown> => {
  if (!postMarket) return {};
  const change = postMarket.price - (price ?? 0);
  const all = {
    postMarketPrice: postMarket.price,
    postMarketTime: Math.floor(postMarket.time / 1000),
    postMarketChange: change,
    postMarketChangePercent: (change / (price ?? 1)) * 100,
  };
  const named = fields?.split(',');
  return Object.fromEntries(Object.entries(all).filter(([field]) => named?.includes(field) ?? true));
};

const quoteEntry = (market: Market, ticker: string, fields: string | null): Record<string, unknown> | undefined => {
  const quote = market.quotes.get(ticker);
  if (quote === undefined) return undefined;
  const index = ticker.startsWith('^');
  return {
    language: 'en-US',
    region: 'US',
    quoteType: index ? 'INDEX' : 'EQUITY',
    typeDisp: index ? 'Index' : 'Equity',
    quoteSourceName: 'Delayed Quote',
    triggerable: true,
    customPriceAlertConfidence: 'HIGH',
    marketState: quote.marketState ?? 'REGULAR',
    ...(quote.price === null ? {} : { regularMarketPrice: quote.price }),
    ...(quote.time === null ? {} : { regularMarketTime: Math.floor(quote.time / 1000) }),
    ...postMarketOf(quote, fields),
    regularMarketPreviousClose: previousCloseOf(market, ticker, quote.time),
    tradeable: false,
    cryptoTradeable: false,
    exchange: index ? 'NIM' : 'NMS',
    exchangeTimezoneName: 'America/New_York',
    exchangeTimezoneShortName: 'EST',
    gmtOffSetMilliseconds: -18_000_000,
    market: 'us_market',
    esgPopulated: false,
    priceHint: 2,
    fullExchangeName: index ? 'Nasdaq GIDS' : 'NasdaqGS',
    sourceInterval: 15,
    exchangeDataDelayedBy: quote.delayMinutes ?? 0,
    hasPrePostMarketData: !index,
    firstTradeDateMilliseconds: 345_479_400_000,
    symbol: ticker,
    // Neither comes where `fields` are named, whatever they name.
    ...(fields === null && { currency: 'USD', shortName: `${ticker} Inc.`, longName: `${ticker} Incorporated` }),
    ...quote.raw,
  };
};

/** /v7/finance/quote: every ticker it knows; the others are left out without a word. */
export const quoteAnswer = (market: Market, query: URLSearchParams): Answer => {
  const tickers = (query.get('symbols') ?? '').split(',');
  const result = tickers
    .map((ticker) => quoteEntry(market, ticker, query.get('fields')))
    .filter((entry) => entry !== undefined);
  return json(200, { quoteResponse: { result, error: null } });
};

const timeOf = (bar: DoubleBar): number =>
  bar.time === undefined ? openingOf(bar.session) : Math.floor(bar.time / 1000);

const metaOf = (ticker: string, bars: readonly DoubleBar[]): Record<string, unknown> => {
  const last = bars.at(-1);
  return {
    currency: 'USD',
    symbol: ticker,
    exchangeName: ticker.startsWith('^') ? 'NIM' : 'NMS',
    fullExchangeName: ticker.startsWith('^') ? 'Nasdaq GIDS' : 'NasdaqGS',
    instrumentType: ticker.startsWith('^') ? 'INDEX' : 'EQUITY',
    firstTradeDate: 345_479_400,
    regularMarketTime: last === undefined ? 345_479_400 : timeOf(last),
    hasPrePostMarketData: !ticker.startsWith('^'),
    gmtoffset: -18_000,
    timezone: 'EST',
    exchangeTimezoneName: 'America/New_York',
    regularMarketPrice: last?.close ?? 0,
    priceHint: 2,
    dataGranularity: '1d',
    range: '',
    validRanges: ['1d', '5d', '1mo', '3mo', '6mo', '1y', '2y', '5y', '10y', 'ytd', 'max'],
  };
};

/**
 * /v8/finance/chart/TICKER: daily bars with `period1 <= time < period2`, split-adjusted by every split told so far,
 * in 32-bit floats as the real one's.
 */
export const chartAnswer = (market: Market, ticker: string, query: URLSearchParams): Answer => {
  const all = market.bars.get(ticker);
  if (all === undefined) return refusal(404, 'chart', 'Not Found', 'No data found, symbol may be delisted');
  const within = (time: number): boolean =>
    time >= Number(query.get('period1')) && time < Number(query.get('period2') ?? Number.POSITIVE_INFINITY);
  const bars = all.filter((bar) => within(timeOf(bar)));
  const splits = market.splits.get(ticker) ?? [];
  const price = (bar: DoubleBar, value: number | null | undefined): number | null => {
    const traded = value === undefined ? bar.close : value;
    return traded === null ? null : Math.fround(traded / splitFactor(splits, bar.session));
  };
  const seen = splits.filter(({ session }) => within(openingOf(session)));
  const events = {
    splits: Object.fromEntries(
      seen.map(({ session, numerator, denominator }) => {
        const date = openingOf(session);
        return [date, { date, numerator, denominator, splitRatio: `${numerator}:${denominator}` }];
      }),
    ),
  };
  const columns = {
    high: bars.map((bar) => price(bar, bar.high)),
    volume: bars.map(({ close, volume = 0 }) => (close === null ? null : volume)),
    low: bars.map((bar) => price(bar, bar.low)),
    open: bars.map((bar) => price(bar, bar.open)),
    close: bars.map((bar) => price(bar, bar.close)),
  };
  const wanted = (query.get('events') ?? '').includes('split');
  const result = {
    meta: metaOf(ticker, bars),
    // With no bar in the period, Yahoo leaves the times out and the columns empty.
    ...(bars.length > 0 && { timestamp: bars.map(timeOf) }),
    ...(wanted && seen.length > 0 && { events }),
    indicators: bars.length > 0 ? { quote: [columns], adjclose: [{ adjclose: columns.close }] } : { quote: [{}] },
  };
  return json(200, { chart: { result: [result], error: null } });
};
