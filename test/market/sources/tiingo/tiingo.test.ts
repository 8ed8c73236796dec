import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadCalendar } from '../../../../src/market/load-calendar.ts';
import { createTiingo } from '../../../../src/market/sources/tiingo/index.ts';
import { startTiingoDouble, type TiingoFault } from '../../../doubles/tiingo/index.ts';
import { faultOf } from '../yahoo/setup.ts';

const calendar = loadCalendar();
/** Monday, 12:00 in New York. */
const NOW = Date.parse('2025-06-02T16:00:00Z');
const HOUR_MS = 3_600_000;

const listed = (...symbols: string[]) => symbols.map((symbol) => ({ symbol, ticker: symbol }));
const NVDA = { symbol: 'NVDA', ticker: 'NVDA' };

const stage = async ({ token }: { token?: string } = {}) => {
  const double = await startTiingoDouble();
  onTestFinished(() => double.close());
  double.setQuote('AAPL', { price: 200.5, time: NOW - 2_000, previousClose: 199 });
  double.setQuote('BRK-B', { price: 490.1, time: NOW - 3_000 });
  const logged: string[] = [];
  const source = createTiingo(
    {
      token: token ?? double.token,
      url: double.url,
      log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
      timeoutMs: 2_000,
      wait: async () => {},
      random: () => 0,
    },
    calendar,
  );
  return { double, source, logged };
};

describe('quotes from Tiingo', () => {
  it.each([
    ['without a contract with the exchange, the reference price and its time', false],
    ['with one, the last trade', true],
  ])('are one request for all symbols: %s', async (_, isEntitled) => {
    const { source, double } = await stage();
    double.entitle(isEntitled);
    const { quotes, refused } = await source.quotes(listed('AAPL', 'BRK-B', 'NOPE'), NOW);
    expect(quotes[0]).toEqual({
      symbol: 'AAPL',
      price: 200_500_000,
      previousClose: 199_000_000,
      tradeTime: NOW - 2_000,
      marketState: 'regular',
      delayMinutes: 0,
      source: 'Tiingo',
    });
    expect(quotes.map(({ symbol }) => symbol)).toEqual(['AAPL', 'BRK-B']);
    expect(refused).toEqual([{ symbol: 'NOPE', reason: 'not in the response' }]);
    expect(double.paths).toEqual(['/iex/?tickers=AAPL,BRK-B,NOPE']);
  });

  it('write a share class with a dash', async () => {
    const { source } = await stage();
    expect((await source.quotes([{ symbol: 'BRK-B', ticker: 'BRK.B' }], NOW)).quotes).toHaveLength(1);
  });

  it('need no request for no symbols, and two for more than a hundred', async () => {
    const { source, double } = await stage();
    expect(await source.quotes([], NOW)).toEqual({ quotes: [], refused: [] });
    expect(double.paths).toEqual([]);
    await source.quotes(listed(...Array.from({ length: 101 }, (_, n) => `S${n}`)), NOW);
    expect(double.paths).toHaveLength(2);
  });

  it('have no price instead of 0, and no time instead of one that cannot be read', async () => {
    const { double, source } = await stage();
    double.setQuote('AAPL', { price: 0, time: NOW, previousClose: -1 });
    expect((await source.quotes(listed('AAPL'), NOW)).quotes[0]).toMatchObject({ price: null, previousClose: null });
  });
});

describe('a history from Tiingo', () => {
  // NVIDIA's split of ten for one came with the open of 10 June 2024; the closes as traded are those of the exchange.
  const AS_TRADED = [
    { day: '2024-06-06', close: 1_209.98, volume: 664_696 },
    { day: '2024-06-07', close: 1_208.88, volume: 412_386 },
    { day: '2024-06-10', close: 121.79, volume: 3_141_622, splitFactor: 10 },
    { day: '2024-06-11', close: 120.91, volume: 2_225_514 },
  ];

  it('is divided by the splits after each row, not by dividends, and tells the splits', async () => {
    const { double, source } = await stage();
    double.setRows('NVDA', AS_TRADED);
    const { bars, splits } = await source.history(NVDA, '2024-06-06', NOW);
    expect(bars.map(({ session, close, volume }) => [session, close, volume])).toEqual([
      ['2024-06-06', 120_998_000, 6_646_960],
      ['2024-06-07', 120_888_000, 4_123_860],
      ['2024-06-10', 121_790_000, 3_141_622],
      ['2024-06-11', 120_910_000, 2_225_514],
    ]);
    expect(splits).toEqual([{ session: '2024-06-10', numerator: 10, denominator: 1 }]);
    expect(double.paths).toEqual(['/tiingo/daily/NVDA/prices?startDate=2024-06-06']);
  });

  it.each([
    [1.5, { numerator: 3, denominator: 2 }, 200_000_000],
    [0.05, { numerator: 1, denominator: 20 }, 6_000_000_000],
    [0.333333, { numerator: 1, denominator: 3 }, 900_000_900],
    // The example of Tiingo's own documentation.
    [1.04347826, { numerator: 24, denominator: 23 }, 287_500_000],
  ])('reads a split factor of %d', async (splitFactor, ratio, close) => {
    const { double, source } = await stage();
    double.setRows('NVDA', [
      { day: '2024-06-07', close: 300 },
      { day: '2024-06-10', close: 300, splitFactor },
    ]);
    const { bars, splits } = await source.history(NVDA, '2024-06-01', NOW);
    expect(splits).toEqual([{ session: '2024-06-10', ...ratio }]);
    expect(bars[0]?.close).toBe(close);
  });

  it('of several splits divides the oldest rows by all of them', async () => {
    const { double, source } = await stage();
    double.setRows('NVDA', [
      { day: '2021-07-19', close: 751.19 },
      { day: '2021-07-20', close: 186.12, splitFactor: 4 },
      { day: '2024-06-10', close: 121.79, splitFactor: 10 },
    ]);
    const { bars } = await source.history(NVDA, '1970-01-01', NOW);
    expect(bars.map(({ close }) => close)).toEqual([18_779_750, 18_612_000, 121_790_000]);
  });

  it('leaves out rows without a close, and takes rows in any order, the later of two for a day', async () => {
    const { double, source, logged } = await stage();
    double.setRows('NVDA', [
      { day: '2024-06-11', close: 120.91 },
      { day: '2024-06-10', close: null, splitFactor: 10 },
      { day: '2024-06-07', close: 1 },
      { day: '2024-06-07', close: 2 },
    ]);
    const { bars } = await source.history(NVDA, '2024-06-01', NOW);
    expect(bars.map(({ session, close }) => [session, close])).toEqual([
      ['2024-06-07', 2_000_000],
      ['2024-06-11', 120_910_000],
    ]);
    expect(logged.join()).toContain('"holes":2');
  });

  it('of an unknown symbol is an error of its own, and one without rows is empty', async () => {
    const { double, source } = await stage();
    const error = await faultOf(source.history({ symbol: 'X', ticker: 'NOPE' }, '2024-06-01', NOW));
    expect([error.fault, error.message]).toEqual(['unknown-symbol', "Tiingo has no symbol 'NOPE'"]);
    double.setRows('NVDA', AS_TRADED);
    expect(await source.history(NVDA, '2025-06-02', NOW)).toEqual({ bars: [], splits: [] });
  });
});

describe('the token', () => {
  it('is sent in a header and nowhere else; a wrong one is one line that says where the right one is', async () => {
    const { double, source, logged } = await stage({ token: 'a-wrong-token' });
    for (const error of [
      await faultOf(source.quotes(listed('AAPL'), NOW)),
      await faultOf(source.history(NVDA, '2024-06-01', NOW)),
    ]) {
      expect([error.fault, error.message]).toEqual([
        'refused',
        'Tiingo rejected TIINGO_TOKEN (HTTP 401); copy it anew from tiingo.com/account/api/token',
      ]);
      expect(JSON.stringify([double.paths, logged, error, error.cause])).not.toContain('a-wrong-token');
    }
  });
});

describe("Tiingo's quota", () => {
  it('is 45 requests in any hour; none is made above it', async () => {
    const { double, source } = await stage();
    for (let n = 0; n < 45; n += 1) await source.quotes(listed('AAPL'), NOW + n);
    const error = await faultOf(source.quotes(listed('AAPL'), NOW + HOUR_MS - 1));
    expect([error.fault, error.message]).toEqual(['throttled', "Tiingo's requests of this hour are used up"]);
    expect(error.remedy).toMatch(/^wait for the next hour/);
    expect(double.paths).toHaveLength(45);
    double.nextHour();
    expect((await source.quotes(listed('AAPL'), NOW + HOUR_MS)).quotes).toHaveLength(1);
  });

  it.each<TiingoFault>(['throttled', 'limit-as-text', 'limit-in-200'])(
    'used up by others is a pause (%s)',
    async (how) => {
      const { double, source, logged } = await stage();
      double.fail(() => how);
      const error = await faultOf(source.quotes(listed('AAPL'), NOW));
      expect([error.fault, error.message]).toEqual([
        'throttled',
        expect.stringMatching(/^Tiingo is rate limiting us( \(HTTP 429\))?$/),
      ]);
      double.heal();
      expect((await faultOf(source.history(NVDA, '2024-06-01', NOW + 1))).fault).toBe('throttled');
      expect(double.paths).toHaveLength(1);
      expect((await source.quotes(listed('AAPL'), NOW + 60_000)).quotes).toHaveLength(1);
      expect(logged.join()).toContain('Source is rate limiting us');
    },
  );
});

describe('when Tiingo cannot answer', () => {
  it.each([
    ['server-error', 'unreachable', /having problems \(HTTP 502\)/],
    ['disconnect', 'unreachable', /cannot be reached at 127\.0\.0\.1:\d+ \(connection lost\)/],
    ['html', 'unreadable', /could not be read/],
    ['moved', 'refused', /rejected the request \(HTTP 301\); check TIINGO_URL/],
  ] as const)('it is one clear error (%s)', async (fault, wanted, message) => {
    const { double, source } = await stage();
    double.setRows('NVDA', []);
    double.fail(() => fault);
    for (const error of [
      await faultOf(source.quotes(listed('AAPL'), NOW)),
      await faultOf(source.history(NVDA, '2024-06-01', NOW)),
    ]) {
      expect(error.fault).toBe(wanted);
      expect(error.message).toMatch(message);
    }
  });
});
