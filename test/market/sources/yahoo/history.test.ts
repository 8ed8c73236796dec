import { describe, expect, it } from 'vitest';
import { AAPL, asked, faultOf, IXIC, NOW, stage } from './setup.ts';

const NVDA = { symbol: 'NVDA', ticker: 'NVDA' };
// As traded: the split of 10:1 came with the open of 10 June 2024.
const TRADED = [
  { session: '2024-06-06', close: 1_209.98 },
  { session: '2024-06-07', close: 1_208.88 },
  { session: '2024-06-10', close: 121.79 },
];
const SPLIT = { session: '2024-06-10', numerator: 10, denominator: 1 };

describe('history from Yahoo', () => {
  it('gives the sessions from the first day asked for, oldest first', async () => {
    const { double, source } = await stage();
    double.setBars('NVDA', TRADED);
    const { bars } = await source.history(NVDA, '2024-06-07', NOW);
    expect(bars.map(({ session }) => session)).toEqual(['2024-06-07', '2024-06-10']);
  });

  it('asks from midnight in New York up to now, for daily bars and splits, without a crumb', async () => {
    const { double, source } = await stage();
    await source.history(AAPL, '2025-01-02', NOW);
    expect(asked(double)).toEqual({ chart: 1 });
    expect(Object.fromEntries(double.requests[0]?.query ?? [])).toMatchObject({
      period1: String(Date.parse('2025-01-02T05:00:00Z') / 1000),
      period2: String(NOW / 1000),
      interval: '1d',
      events: 'split',
    });
  });

  it('encodes a ticker that a URL cannot hold as it is', async () => {
    const { double, source } = await stage();
    double.setBars('^IXIC', [{ session: '2025-02-14', close: 20_026.77 }]);
    expect((await source.history(IXIC, '2025-02-14', NOW)).bars[0]?.close).toBe(20_026_770_000);
    expect(double.requests[0]?.path).toBe('/v8/finance/chart/%5EIXIC');
  });

  it('adjusts the bars before a split once Yahoo knows of it, and reports the split', async () => {
    const { double, source } = await stage();
    double.setBars('NVDA', TRADED);
    const before = await source.history(NVDA, '2024-06-06', NOW);
    expect(before.bars.map(({ close }) => close)).toEqual([1_209_980_000, 1_208_880_000, 121_790_000]);
    expect(before.splits).toEqual([]);

    double.addSplit('NVDA', SPLIT);
    const after = await source.history(NVDA, '2024-06-06', NOW);
    expect(after.bars.map(({ close }) => close)).toEqual([120_998_000, 120_888_000, 121_790_000]);
    expect(after.splits).toEqual([SPLIT]);
  });

  it('drops holes and counts them', async () => {
    const { double, source, logged } = await stage();
    double.setBars('AAPL', [
      { session: '2025-02-12', close: 236.87 },
      { session: '2025-02-13', close: null },
      { session: '2025-02-14', close: 244.6 },
    ]);
    const { bars } = await source.history(AAPL, '2025-02-12', NOW);
    expect(bars.map(({ session }) => session)).toEqual(['2025-02-12', '2025-02-14']);
    expect(logged).toMatchObject([{ msg: 'Bars without a close dropped', symbol: 'AAPL', holes: 1 }]);
  });

  it('keeps a bar that has only a close, as in the oldest bars of an index', async () => {
    const { double, source } = await stage();
    double.setBars('^IXIC', [{ session: '1971-02-08', open: 0, high: 0, low: null, close: 100.84, volume: null }]);
    const { bars } = await source.history(IXIC, '1971-02-05', NOW);
    const price = 100_840_000;
    expect(bars).toEqual([{ session: '1971-02-08', open: price, high: price, low: price, close: price, volume: 0 }]);
  });

  it('lets the later of two rows of one session win', async () => {
    const { double, source } = await stage();
    double.setBars('AAPL', [
      { session: '2025-02-14', close: 243 },
      { session: '2025-02-14', close: 244.6, time: Date.parse('2025-02-14T19:12:33Z') },
    ]);
    expect((await source.history(AAPL, '2025-02-14', NOW)).bars).toMatchObject([
      { session: '2025-02-14', close: 244_600_000 },
    ]);
  });

  it("dates a bar by New York's calendar, in winter and in summer", async () => {
    const { double, source } = await stage();
    double.setBars('AAPL', [
      { session: '-', close: 1, time: Date.parse('2024-01-03T04:59:59Z') },
      { session: '-', close: 1, time: Date.parse('2024-07-03T04:00:00Z') },
    ]);
    const { bars } = await source.history(AAPL, '2024-01-02', NOW);
    expect(bars.map(({ session }) => session)).toEqual(['2024-01-02', '2024-07-03']);
  });

  it('drops a split that makes no sense and keeps the bars', async () => {
    const { double, source, logged } = await stage();
    double.addSplit('AAPL', { session: '2025-02-14', numerator: 0, denominator: 1 });
    const { bars, splits } = await source.history(AAPL, '2025-02-14', NOW);
    expect(bars).toHaveLength(1);
    expect(splits).toEqual([]);
    expect(logged).toMatchObject([{ msg: 'Unreadable splits dropped', oddSplits: 1 }]);
  });

  it('reports a spin-off as a ratio of whole numbers, and a volume as a whole number', async () => {
    const { double, source } = await stage();
    double.setBars('AAPL', [{ session: '2025-02-14', close: 244.6, volume: 40_896_227.5 }]);
    // General Electric when GE HealthCare left it, 2023-01-04: 1.281 shares for 1.
    double.addSplit('AAPL', { session: '2025-02-14', numerator: 1.281, denominator: 1 });
    const { bars, splits } = await source.history(AAPL, '2025-02-14', NOW);
    expect(bars).toMatchObject([{ volume: 40_896_228 }]);
    expect(splits).toEqual([{ session: '2025-02-14', numerator: 1_281, denominator: 1_000 }]);
  });

  it('is empty if the period has no session', async () => {
    const { source } = await stage();
    expect(await source.history(AAPL, '2025-02-15', NOW)).toEqual({ bars: [], splits: [] });
  });

  it('is empty if Yahoo says that the period has no data', async () => {
    const { double, source } = await stage();
    const description = "Data doesn't exist for startDate = 1, endDate = 2";
    double.fail(() => ({
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chart: { result: null, error: { code: 'Bad Request', description } } }),
    }));
    expect(await source.history(AAPL, '2025-02-15', NOW)).toEqual({ bars: [], splits: [] });
  });

  it('makes no request for a future period', async () => {
    const { double, source } = await stage();
    expect(await source.history(AAPL, '2025-02-18', NOW)).toEqual({ bars: [], splits: [] });
    expect(double.requests).toEqual([]);
  });

  it('rejects a symbol that Yahoo does not know by name', async () => {
    const { source, waits } = await stage();
    const error = await faultOf(source.history({ symbol: 'NVDIA', ticker: 'NVDIA' }, '2025-01-02', NOW));
    expect(error.fault).toBe('unknown-symbol');
    expect(error.message).toContain("'NVDIA'");
    expect(waits).toEqual([]);
  });

  it('finds a chart of another shape unreadable, and says where', async () => {
    const { double, source } = await stage();
    const odd = { meta: {}, timestamp: [1_739_543_400], indicators: { quote: [{ close: ['1,244.6'] }] } };
    double.fail(() => ({ status: 200, headers: {}, body: JSON.stringify({ chart: { result: [odd], error: null } }) }));
    const error = await faultOf(source.history(AAPL, '2025-02-14', NOW));
    expect(error.fault).toBe('unreadable');
    expect(error.message).toContain('chart.result.0.indicators.quote.0.close.0');
  });
});
