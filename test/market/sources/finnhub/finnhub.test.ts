import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadCalendar } from '../../../../src/market/load-calendar.ts';
import { createFinnhub } from '../../../../src/market/sources/finnhub/index.ts';
import { startFinnhubDouble } from '../../../doubles/finnhub/index.ts';
import { faultOf } from '../yahoo/setup.ts';

const calendar = loadCalendar();
/** Monday, 12:00 in New York. */
const NOW = Date.parse('2025-06-02T16:00:00Z');
const MINUTE_MS = 60_000;

const listed = (...symbols: string[]) => symbols.map((symbol) => ({ symbol, ticker: symbol }));
const many = (count: number) => listed(...Array.from({ length: count }, (_, n) => `S${n}`));

const stage = async ({ token }: { token?: string } = {}) => {
  const double = await startFinnhubDouble();
  onTestFinished(() => double.close());
  double.setQuote('AAPL', { price: 200.5, time: NOW - 2_000 });
  double.setQuote('MSFT', { price: 400, time: NOW - 3_000 });
  const logged: string[] = [];
  const waits: number[] = [];
  const source = createFinnhub(
    {
      token: token ?? double.token,
      url: double.url,
      log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
      timeoutMs: 2_000,
      wait: async (ms) => void waits.push(ms),
      random: () => 0,
    },
    calendar,
  );
  return { double, source, logged, waits };
};

describe('quotes from Finnhub', () => {
  it('have the price and the time of the last trade', async () => {
    const { source } = await stage();
    expect(await source.quotes(listed('AAPL', 'MSFT'), NOW)).toEqual({
      quotes: [
        {
          symbol: 'AAPL',
          price: 200_500_000,
          previousClose: 200_500_000,
          tradeTime: NOW - 2_000,
          marketState: 'regular',
          delayMinutes: 0,
          source: 'Finnhub',
        },
        {
          symbol: 'MSFT',
          price: 400_000_000,
          previousClose: 400_000_000,
          tradeTime: NOW - 3_000,
          marketState: 'regular',
          delayMinutes: 0,
          source: 'Finnhub',
        },
      ],
      refused: [],
    });
  });

  it('need no request for no symbols', async () => {
    const { source, double } = await stage();
    expect(await source.quotes([], NOW)).toEqual({ quotes: [], refused: [] });
    expect(double.asked).toEqual([]);
  });

  it('send the key in a header and nowhere else', async () => {
    const { double, source, logged } = await stage({ token: 'a-wrong-key' });
    const error = await faultOf(source.quotes(listed('AAPL'), NOW));
    expect([error.fault, error.message]).toEqual(['refused', 'Finnhub rejected FINNHUB_TOKEN (HTTP 401); check it']);
    expect(double.paths).toEqual(['/api/v1/quote?symbol=AAPL']);
    expect(JSON.stringify([double.paths, logged, error, error.cause])).not.toContain('a-wrong-key');
  });

  it('leave out a symbol that is all zeros, one that the key may not see, and one that cannot be read', async () => {
    const { double, source } = await stage();
    double.setQuote('MSFT', { price: Number.NaN, time: NOW });
    double.fail((symbol) => (symbol === '7203.T' ? 'no-access' : undefined));
    const { quotes, refused } = await source.quotes(listed('NOPE', '7203.T', 'AAPL', 'MSFT'), NOW);
    expect(quotes.map(({ symbol }) => symbol)).toEqual(['AAPL', 'MSFT']);
    expect(quotes[1]).toMatchObject({ price: null });
    expect(refused).toEqual([
      { symbol: 'NOPE', reason: 'not in the response' },
      { symbol: '7203.T', reason: 'not on this key' },
    ]);
  });

  it('write a share class with a dot', async () => {
    const { double, source } = await stage();
    await source.quotes(listed('BRK-B'), NOW);
    expect(double.asked).toEqual(['BRK.B']);
  });

  it('have no history', async () => {
    const { source } = await stage();
    const history = source.history({ symbol: 'AAPL', ticker: 'AAPL' }, '2025-01-02', NOW);
    expect((await faultOf(history)).fault).toBe('refused');
  });
});

describe("Finnhub's quota", () => {
  it('is fifty in any minute, in the order of the symbols, and the others are refused', async () => {
    const { double, source } = await stage();
    const { refused } = await source.quotes(many(70), NOW);
    expect(double.asked).toHaveLength(50);
    expect(refused.filter(({ reason }) => reason === 'minute used up').map(({ symbol }) => symbol)).toEqual(
      many(70)
        .slice(50)
        .map(({ symbol }) => symbol),
    );
    await source.quotes(many(10), NOW + MINUTE_MS - 1);
    expect(double.asked).toHaveLength(50);
    double.nextMinute();
    await source.quotes(many(10), NOW + MINUTE_MS);
    expect(double.asked).toHaveLength(60);
  });

  it('that another program has used up causes a pause as long as Finnhub says', async () => {
    const { double, source, logged } = await stage();
    double.fail(() => 'throttled');
    expect((await faultOf(source.quotes(listed('AAPL'), NOW))).fault).toBe('throttled');
    expect(double.asked).toHaveLength(1);
    double.heal();
    const error = await faultOf(source.quotes(listed('AAPL'), NOW + 20_000));
    expect(error.message).toBe('Finnhub is rate limiting us; next request in 40 s');
    expect((await source.quotes(listed('AAPL'), NOW + MINUTE_MS)).quotes).toHaveLength(1);
    expect(logged.join()).toContain('Source is rate limiting us');
  });

  it('keeps the answers that came before it was used up', async () => {
    const { double, source } = await stage();
    double.setQuote('S0', { price: 1, time: NOW });
    double.fail((symbol) => (symbol === 'S1' ? 'throttled' : undefined));
    const { quotes, refused } = await source.quotes(many(6), NOW);
    expect(quotes.map(({ symbol }) => symbol)).toEqual(['S0']);
    expect(refused.map(({ symbol, reason }) => `${symbol} ${reason}`)).toEqual([
      'S1 not asked',
      'S2 not in the response',
      'S3 not in the response',
      'S4 not asked',
      'S5 not asked',
    ]);
  });
});

describe('when Finnhub cannot answer', () => {
  it('it is asked once more', async () => {
    const { double, source, waits } = await stage();
    let times = 0;
    double.fail(() => {
      times += 1;
      return times === 1 ? 'server-error' : undefined;
    });
    expect((await source.quotes(listed('AAPL'), NOW)).quotes).toHaveLength(1);
    expect(waits).toEqual([500]);
  });

  it.each([
    ['server-error', 'unreachable', /having problems \(HTTP 502\)/],
    ['disconnect', 'unreachable', /cannot be reached at 127\.0\.0\.1:\d+ \(connection lost\)/],
    ['html', 'unreadable', /could not be read/],
  ] as const)('it is one clear error (%s)', async (fault, wanted, message) => {
    const { double, source } = await stage();
    double.fail(() => fault);
    const error = await faultOf(source.quotes(listed('AAPL'), NOW));
    expect(error.fault).toBe(wanted);
    expect(error.message).toMatch(message);
  });

  it('it is not asked for half a minute after four failed requests', async () => {
    const { double, source } = await stage();
    double.fail(() => 'server-error');
    for (let n = 0; n < 3; n += 1) await faultOf(source.quotes(listed('AAPL'), NOW + n));
    expect(double.asked).toHaveLength(4);
    double.heal();
    expect((await source.quotes(listed('AAPL'), NOW + 30_001)).quotes).toHaveLength(1);
  });
});
