import { describe, expect, it } from 'vitest';
import { AAPL, asked, IXIC, NOW, stage } from './setup.ts';

const TICKERS = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', '^IXIC'];
const LISTED = TICKERS.map((ticker) => ({ symbol: ticker.replace('^', ''), ticker }));

describe('quotes from Yahoo', () => {
  it('asks for all symbols in one request, and only for the fields that are read', async () => {
    const { double, source } = await stage();
    await source.quotes([AAPL, IXIC], NOW);
    expect(asked(double)).toEqual({ page: 1, crumb: 1, quote: 1 });
    const query = double.requests.at(-1)?.query;
    expect(query?.get('symbols')).toBe('AAPL,^IXIC');
    expect(query?.get('fields')).toBe(
      'symbol,regularMarketPrice,regularMarketTime,regularMarketPreviousClose,marketState,exchangeDataDelayedBy',
    );
  });

  it('keeps its session between calls', async () => {
    const { double, source } = await stage();
    await source.quotes([AAPL], NOW);
    await source.quotes([AAPL], NOW);
    expect(asked(double)).toEqual({ page: 1, crumb: 1, quote: 2 });
  });

  it('makes no request for no symbols', async () => {
    const { double, source } = await stage();
    expect(await source.quotes([], NOW)).toEqual({ quotes: [], refused: [] });
    expect(double.requests).toEqual([]);
  });

  it('refuses the one bad symbol of eight and keeps the other seven', async () => {
    const { double, source } = await stage();
    for (const ticker of TICKERS) double.setQuote(ticker, { price: 100, time: NOW });
    // A lenient reader makes 1 of this.
    double.setQuote('NVDA', { price: 100, time: NOW, raw: { regularMarketPrice: '1,234.5' } });
    const { quotes, refused } = await source.quotes(LISTED, NOW);
    expect(refused).toEqual([{ symbol: 'NVDA', reason: 'unreadable' }]);
    expect(quotes.map(({ symbol }) => symbol)).toEqual(['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'TSLA', 'IXIC']);
    expect(quotes.every(({ tradeTime }) => tradeTime === NOW)).toBe(true);
  });

  it('refuses a symbol that is not in the response', async () => {
    const { double, source } = await stage();
    double.setQuote('AAPL', null);
    const { quotes, refused } = await source.quotes([AAPL, IXIC], NOW);
    expect(refused).toEqual([{ symbol: 'AAPL', reason: 'not in the response' }]);
    expect(quotes.map(({ symbol }) => symbol)).toEqual(['IXIC']);
  });

  it('treats a delisted symbol, a quote of type NONE, as missing', async () => {
    const { double, source } = await stage();
    double.setQuote('AAPL', { price: 1, time: NOW, raw: { quoteType: 'NONE' } });
    expect((await source.quotes([AAPL], NOW)).refused).toEqual([{ symbol: 'AAPL', reason: 'not in the response' }]);
  });

  it.each([0, -1, null])('gives a price of %s as null', async (price) => {
    const { double, source } = await stage();
    double.setQuote('AAPL', { price, time: NOW });
    expect((await source.quotes([AAPL], NOW)).quotes).toMatchObject([{ price: null, tradeTime: NOW }]);
  });

  it('gives a missing trade time as null, never as its own clock', async () => {
    const { double, source } = await stage();
    double.setQuote('AAPL', { price: 244.6, time: null });
    expect((await source.quotes([AAPL], NOW)).quotes).toMatchObject([{ price: 244_600_000, tradeTime: null }]);
  });

  it.each([
    ['PREPRE', 'closed'],
    ['PRE', 'pre'],
    ['REGULAR', 'regular'],
    ['POST', 'post'],
    ['POSTPOST', 'closed'],
    ['CLOSED', 'closed'],
  ])('reads the market state %s as %s', async (marketState, state) => {
    const { double, source, logged } = await stage();
    double.setQuote('AAPL', { price: 1, time: NOW, marketState });
    expect((await source.quotes([AAPL], NOW)).quotes[0]?.marketState).toBe(state);
    expect(logged).toEqual([]);
  });

  it('treats an unknown market state as closed, and logs each word once', async () => {
    const { double, source, logged } = await stage();
    double.setQuote('AAPL', { price: 244.6, time: NOW, marketState: 'OVERNIGHT' });
    const [first] = [await source.quotes([AAPL, IXIC], NOW), await source.quotes([AAPL, IXIC], NOW)];
    expect(first.quotes.map(({ marketState }) => marketState)).toEqual(['closed', 'regular']);
    expect(logged).toMatchObject([
      { msg: 'Unknown market state; treated as closed', symbol: 'AAPL', word: 'OVERNIGHT' },
    ]);
  });

  it('survives a cookie that belongs to another host', async () => {
    const { double, source } = await stage();
    let first = true;
    double.fail(({ endpoint }) => {
      if (endpoint !== 'quote' || !first) return undefined;
      first = false;
      const headers = { 'content-type': 'application/json', 'set-cookie': ['spy=1; Domain=example.com'] };
      return { status: 200, headers, body: '{"quoteResponse":{"result":[],"error":null}}' };
    });
    await source.quotes([AAPL], NOW);
    expect((await source.quotes([AAPL], NOW)).quotes).toHaveLength(1);
  });
});
