import { expect, it } from 'vitest';
import { toMicros } from '../../../../src/market/money.ts';
import { AAPL, IXIC, NOW, stage } from './setup.ts';

const BELL = NOW - 600_000;
const TRADE = { price: 440.25, time: NOW };

it('reads the last trade after the bell and the close before it, and asks for no percent', async () => {
  const { double, source } = await stage();
  double.setQuote('AAPL', { price: 493.5, time: BELL, marketState: 'POST', postMarket: TRADE });
  expect(await source.afterHours?.([AAPL, IXIC], NOW)).toEqual([
    {
      ...{ symbol: 'AAPL', price: toMicros(440.25), tradeTime: NOW, close: toMicros(493.5), closeTime: BELL },
      ...{ delayMinutes: 0, source: 'Yahoo' },
    },
  ]);
  expect(double.requests.at(-1)?.query.get('fields')).toBe(
    'symbol,regularMarketPrice,regularMarketTime,postMarketPrice,postMarketTime,marketState,exchangeDataDelayedBy',
  );
});

it.each(['PREPRE', 'PRE', 'REGULAR', 'CLOSED', 'NIGHT'])(
  'ignores the evening’s trade, which stays in the answer, while the market is %s',
  async (marketState) => {
    const { double, source } = await stage();
    double.setQuote('AAPL', { price: 493.5, time: BELL, marketState, postMarket: TRADE });
    expect(await source.afterHours?.([AAPL], NOW)).toEqual([]);
  },
);

it('reads a trade while the market is POSTPOST, and none that makes no sense', async () => {
  const { double, source } = await stage();
  const quote = { price: 493.5, time: BELL, marketState: 'POSTPOST', postMarket: TRADE };
  double.setQuote('AAPL', quote);
  expect(await source.afterHours?.([AAPL], NOW)).toHaveLength(1);
  for (const raw of [{ postMarketPrice: '440.25' }, { postMarketPrice: 0 }, { postMarketTime: null }]) {
    double.setQuote('AAPL', { ...quote, raw });
    expect(await source.afterHours?.([AAPL], NOW)).toEqual([]);
  }
  expect(await source.afterHours?.([], NOW)).toEqual([]);
});
