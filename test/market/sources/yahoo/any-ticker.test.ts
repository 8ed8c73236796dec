import { describe, expect, it } from 'vitest';
import { AAPL, asked, MINUTE_MS, NOW, stage } from './setup.ts';

const scene = async () => {
  const { double, source, logged } = await stage();
  for (const ticker of ['AAPL', 'PLTR', 'AMD']) {
    double.setQuote(ticker, { price: 100, time: NOW - 60_000 });
    double.setBars(ticker, [
      { session: '1980-12-12', close: 50 },
      { session: '2025-02-14', close: 99 },
    ]);
  }
  const { anyTicker } = source;
  if (!anyTicker) throw new Error('Yahoo looks tickers up');
  return { double, source, anyTicker, logged };
};

describe('a ticker that nobody watches', () => {
  it('comes with its name and its quote in one request', async () => {
    const { double, anyTicker } = await scene();
    expect(await anyTicker.look('pltr', NOW)).toMatchObject({
      found: { ticker: 'PLTR', name: 'PLTR Incorporated', currency: 'USD' },
      quote: { symbol: 'PLTR', price: 100_000_000, tradeTime: NOW - 60_000, source: 'Yahoo' },
    });
    expect(asked(double)).toEqual({ page: 1, crumb: 1, quote: 1 });
  });

  it('has its whole history', async () => {
    const { anyTicker } = await scene();
    const { bars } = await anyTicker.history('PLTR', NOW);
    expect(bars.map(({ session }) => session)).toEqual(['1980-12-12', '2025-02-14']);
  });

  it('is no ticker of Yahoo: undefined, and its history is an unknown symbol', async () => {
    const { anyTicker } = await scene();
    expect(await anyTicker.look('NVDIA', NOW)).toBeUndefined();
    await expect(anyTicker.history('NVDIA', NOW)).rejects.toMatchObject({ fault: 'unknown-symbol' });
  });

  it('has a quote that cannot be read: the ticker is found all the same', async () => {
    const { double, anyTicker } = await scene();
    double.setQuote('PLTR', { price: 100, time: NOW, raw: { exchangeDataDelayedBy: -1 } });
    const answer = await anyTicker.look('PLTR', NOW);
    expect(answer?.found.ticker).toBe('PLTR');
    expect(answer).not.toHaveProperty('quote');
  });
});

describe('what fails for it', () => {
  it('is throttled: such questions wait, without another try, and the polls go on', async () => {
    const { double, source, anyTicker } = await scene();
    double.fail({ fault: 'edge-429', on: ['quote'], times: 1 });
    await expect(anyTicker.look('PLTR', NOW)).rejects.toMatchObject({ fault: 'throttled' });
    expect(asked(double).quote).toBe(1);
    await expect(anyTicker.look('AMD', NOW + 1_000)).rejects.toMatchObject({ fault: 'throttled' });
    expect(asked(double).quote).toBe(1);
    expect((await source.quotes([AAPL], NOW + 1_000)).quotes).toHaveLength(1);
    // The pause is 1 minute and a quarter at most.
    expect(await anyTicker.look('AMD', NOW + 76_000)).toBeDefined();
  });

  it('waits while the polls are throttled, and ends no pause of theirs', async () => {
    const { double, source, anyTicker } = await scene();
    double.fail({ fault: 'edge-429', on: ['quote'], times: 3 });
    await expect(source.quotes([AAPL], NOW)).rejects.toMatchObject({ fault: 'throttled' });
    const before = asked(double).quote;
    await expect(anyTicker.look('PLTR', NOW + 1_000)).rejects.toMatchObject({ fault: 'throttled' });
    await expect(source.quotes([AAPL], NOW + 2_000)).rejects.toMatchObject({ fault: 'throttled' });
    expect(asked(double).quote).toBe(before);
  });

  it('has pauses that grow apart from those of the polls, and begin anew after an answer', async () => {
    const { double, source, anyTicker, logged } = await scene();
    const throttledLook = async (now: number) => {
      double.fail({ fault: 'edge-429', on: ['quote'], times: 1 });
      await expect(anyTicker.look('PLTR', now)).rejects.toMatchObject({ fault: 'throttled' });
    };
    const throttledPoll = async (now: number) => {
      double.fail({ fault: 'edge-429', on: ['quote'], times: 3 });
      await expect(source.quotes([AAPL], now)).rejects.toMatchObject({ fault: 'throttled' });
    };
    await throttledPoll(NOW);
    await throttledLook(NOW + 2 * MINUTE_MS);
    await anyTicker.look('AMD', NOW + 4 * MINUTE_MS);
    await throttledLook(NOW + 5 * MINUTE_MS);
    await throttledPoll(NOW + 6 * MINUTE_MS);
    expect(logged.flatMap(({ pauseMs }) => pauseMs ?? [])).toEqual([1, 1, 1, 2].map((count) => count * MINUTE_MS));
  });

  it('opens no breaker of the polls: neither broken answers nor unknown tickers', async () => {
    const { double, source, anyTicker } = await scene();
    double.fail(({ endpoint, path, query }) =>
      endpoint === 'chart'
        ? path.endsWith('PLTR')
          ? 'server-error'
          : undefined
        : query.get('symbols') === 'PLTR'
          ? 'server-error'
          : undefined,
    );
    for (let times = 0; times < 10; times += 1) {
      await expect(anyTicker.look('PLTR', NOW)).rejects.toMatchObject({ fault: 'unreachable' });
      await expect(anyTicker.history('PLTR', NOW)).rejects.toMatchObject({ fault: 'unreachable' });
      await anyTicker.look('NVDIA', NOW).catch(() => undefined);
    }
    expect((await source.quotes([AAPL], NOW)).quotes).toHaveLength(1);
    expect((await source.history(AAPL, '2025-02-01', NOW)).bars).toHaveLength(1);
    expect(await source.find?.('AMD', NOW)).toMatchObject({ ticker: 'AMD' });
  });
});
