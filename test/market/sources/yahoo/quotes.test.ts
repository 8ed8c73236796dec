import { describe, expect, it } from 'vitest';
import { AAPL, asked, IXIC, NOW, stage } from './setup.ts';

const EIGHT = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', '^IXIC'];
const LISTED = EIGHT.map((ticker) => ({ symbol: ticker.replace('^', ''), ticker }));

describe('quotes from Yahoo', () => {
  it('asks for all symbols in one request, and only for the fields that are read', async () => {
    const { double, source } = await stage();
    await source.quotes([AAPL, IXIC], NOW);
    expect(asked(double)).toEqual({ page: 1, crumb: 1, quote: 1 });
    const query = double.requests.at(-1)?.query;
    expect(query?.get('symbols')).toBe('AAPL,^IXIC');
    expect(query?.get('fields')).toBe('symbol,regularMarketPrice,regularMarketTime,marketState,exchangeDataDelayedBy');
  });

  it('keeps its session from one call to the next', async () => {
    const { double, source } = await stage();
    await source.quotes([AAPL], NOW);
    await source.quotes([AAPL], NOW);
    expect(asked(double)).toEqual({ page: 1, crumb: 1, quote: 2 });
  });

  it('asks nothing for no symbols', async () => {
    const { double, source } = await stage();
    expect(await source.quotes([], NOW)).toEqual({ quotes: [], refused: [] });
    expect(double.requests).toEqual([]);
  });

  it('refuses the one bad symbol of eight, and the other seven survive', async () => {
    const { double, source } = await stage();
    for (const ticker of EIGHT) double.setQuote(ticker, { price: 100, time: NOW });
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

  it('finds a delisted symbol, which comes as a quote of no type, absent', async () => {
    const { double, source } = await stage();
    double.setQuote('AAPL', { price: 1, time: NOW, raw: { quoteType: 'NONE' } });
    expect((await source.quotes([AAPL], NOW)).refused).toEqual([{ symbol: 'AAPL', reason: 'not in the response' }]);
  });

  it.each([0, -1, null])('leaves a price of %s to the feed, as none', async (price) => {
    const { double, source } = await stage();
    double.setQuote('AAPL', { price, time: NOW });
    expect((await source.quotes([AAPL], NOW)).quotes).toMatchObject([{ price: null, tradeTime: NOW }]);
  });

  it('leaves a missing trade time to the feed, as none, and never puts its own clock there', async () => {
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

  it('takes an unknown market state for closed, and says so once for each word', async () => {
    const { double, source, logged } = await stage();
    double.setQuote('AAPL', { price: 244.6, time: NOW, marketState: 'OVERNIGHT' });
    const [first] = [await source.quotes([AAPL, IXIC], NOW), await source.quotes([AAPL, IXIC], NOW)];
    expect(first.quotes.map(({ marketState }) => marketState)).toEqual(['closed', 'regular']);
    expect(logged).toMatchObject([
      { msg: 'Unknown market state; treated as closed', symbol: 'AAPL', word: 'OVERNIGHT' },
    ]);
  });

  it('is not ended by a cookie that belongs to another host', async () => {
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
