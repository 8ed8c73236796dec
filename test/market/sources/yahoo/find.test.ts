import { describe, expect, it } from 'vitest';
import { recordedOr } from './recorded.ts';
import * as small from './sample-answers.ts';
import { asked, faultOf, NOW, stage } from './setup.ts';

const NEW_YORK = { currency: 'USD', timeZone: 'America/New_York' };

describe('a ticker that a person has typed', () => {
  it.each([
    [
      'a stock from abroad that trades in New York',
      'baba',
      recordedOr('quote-AAPL-BABA.json', small.quoteAaplBaba),
      { ticker: 'BABA', name: 'Alibaba Group Holding', kind: 'stock', ...NEW_YORK },
    ],
    [
      'a fund that trades like a stock',
      ' QQQ ',
      recordedOr('quote-QQQ.json', small.quoteQqq),
      { ticker: 'QQQ', name: 'Invesco QQQ Trust', kind: 'stock', ...NEW_YORK },
    ],
    [
      'an index',
      '^vxapl',
      recordedOr('quote-^VXAPL.json', small.quoteIndex),
      { ticker: '^VXAPL', name: 'CBOE EQUITY VIXON APPLE', kind: 'index', ...NEW_YORK },
    ],
    [
      'nothing, of an expired option',
      'AAPL220121C00025000',
      recordedOr('quote-AAPL220121C00025000.json', small.quoteOfNothing),
      undefined,
    ],
  ])('is found in real data: %s', async (_what, typed, answer, found) => {
    const { double, source } = await stage();
    double.fail(({ endpoint }) => (endpoint === 'quote' ? answer : undefined));
    expect(await source.find?.(typed, NOW)).toEqual(found);
  });

  it('is looked up by one request without `fields`', async () => {
    const { double, source } = await stage();
    expect(await source.find?.('aapl', NOW)).toEqual({
      ticker: 'AAPL',
      name: 'AAPL Incorporated',
      kind: 'stock',
      ...NEW_YORK,
    });
    expect(asked(double)).toEqual({ page: 1, crumb: 1, quote: 1 });
    expect(double.requests.at(-1)?.query.get('symbols')).toBe('AAPL');
    expect(double.requests.at(-1)?.query.has('fields')).toBe(false);
  });

  it.each([
    ['BTC-USD', { quoteType: 'CRYPTOCURRENCY', exchangeTimezoneName: 'UTC' }, { kind: 'other', timeZone: 'UTC' }],
    ['ES=F', { quoteType: 'FUTURE' }, { kind: 'other', timeZone: 'America/New_York' }],
    [
      '7203.T',
      { quoteType: 'EQUITY', exchangeTimezoneName: 'Asia/Tokyo', currency: 'JPY' },
      { kind: 'stock', timeZone: 'Asia/Tokyo', currency: 'JPY' },
    ],
    ['ODD', { quoteType: 'constructor' }, { kind: 'other' }],
  ])('is told with the hours and the money it trades in: %s', async (ticker, raw, told) => {
    const { double, source } = await stage();
    double.setQuote(ticker, { price: 100, time: NOW, raw });
    expect(await source.find?.(ticker, NOW)).toMatchObject({ ticker, ...told });
  });

  it.each([
    ['a delisted one', { price: 1, raw: { quoteType: 'NONE' } }],
    ['one without a price', { price: null }],
    ['one at zero', { price: 0 }],
    ['one without a currency', { price: 1, raw: { currency: null } }],
  ])('is not found where it cannot be watched: %s', async (_what, quote) => {
    const { double, source } = await stage();
    double.setQuote('GONE', { time: NOW, ...quote });
    expect(await source.find?.('GONE', NOW)).toBeUndefined();
  });

  it.each(['', '  ', 'AAPL,MSFT', 'AAPL MSFT', '엔비디아', 'A'.repeat(25), '&symbols=AAPL', '../AAPL'])(
    'that cannot be one (%j) costs no question',
    async (typed) => {
      const { double, source } = await stage();
      expect(await source.find?.(typed, NOW)).toBeUndefined();
      expect(double.requests).toEqual([]);
    },
  );

  it('is looked up with a new session when the old one has expired, and again after a server error', async () => {
    const { double, source } = await stage();
    await source.find?.('AAPL', NOW);
    double.expireCrumbs();
    double.fail({ fault: 'server-error' });
    expect(await source.find?.('AAPL', NOW)).toMatchObject({ ticker: 'AAPL' });
  });

  it('ends in one clear error if there is no readable answer', async () => {
    const { double, source } = await stage();
    double.setQuote('AAPL', { price: 1, time: NOW, raw: { exchangeTimezoneName: 5 } });
    expect((await faultOf(source.find?.('AAPL', NOW) ?? Promise.resolve())).message).toBe(
      "Yahoo's response for AAPL could not be read (at exchangeTimezoneName); its API may have changed",
    );
    double.fail({ fault: 'edge-429', times: Number.POSITIVE_INFINITY });
    expect((await faultOf(source.find?.('AAPL', NOW) ?? Promise.resolve())).fault).toBe('throttled');
  });
});
