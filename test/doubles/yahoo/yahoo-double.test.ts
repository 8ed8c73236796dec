import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { recorded } from '../../market/sources/yahoo/recorded.ts';
import { appleRows, cashFlowAapl, financialsAapl } from '../../market/sources/yahoo/sample-answers.ts';
import { chartAnswer, quoteAnswer } from './answers.ts';
import { fundamentalsAnswer } from './fundamentals.ts';
import { emptyMarket } from './market.ts';

const market = emptyMarket();
market.quotes.set('TSLA', { price: 355.84, time: 1_739_566_801_000 });
market.bars.set('AAPL', [
  { session: '2020-08-28', close: 499.23 },
  { session: '2020-08-31', close: 129.04, volume: 225_702_700 },
]);
market.splits.set('AAPL', [{ session: '2020-08-31', numerator: 4, denominator: 1 }]);

const PERIOD = new URLSearchParams({ period1: '1598832000', period2: '1604707200', events: 'split' });

const quoteEntry = (body: string): unknown =>
  z.object({ quoteResponse: z.object({ result: z.array(z.unknown()) }) }).parse(JSON.parse(body)).quoteResponse
    .result[0];

const chartEntry = (body: string): unknown =>
  z.object({ chart: z.object({ result: z.array(z.unknown()) }) }).parse(JSON.parse(body)).chart.result[0];

/** Every path to a value and the value's type; of an array only the first element, of times as keys only that they are. */
const shapeOf = (value: unknown, path = ''): string[] => {
  if (Array.isArray(value)) return value.length === 0 ? [`${path}[]`] : shapeOf(value[0], `${path}[]`);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => shapeOf(inner, `${path}.${key.replace(/^\d+$/, 'time')}`));
  }
  return [`${path}: ${typeof value}`];
};

const ours = {
  quote: () =>
    shapeOf(quoteEntry(quoteAnswer(market, new URLSearchParams({ symbols: 'TSLA', fields: 'symbol' })).body)),
  chart: () => shapeOf(chartEntry(chartAnswer(market, 'AAPL', PERIOD).body)),
};

describe("the double's answers", () => {
  it('hold what the source reads, in the types that it reads', () => {
    expect(ours.quote()).toEqual(
      expect.arrayContaining([
        '.symbol: string',
        '.regularMarketPrice: number',
        '.regularMarketTime: number',
        '.marketState: string',
        '.exchangeDataDelayedBy: number',
      ]),
    );
    expect(ours.chart()).toEqual(
      expect.arrayContaining([
        '.timestamp[]: number',
        '.events.splits.time.date: number',
        '.events.splits.time.numerator: number',
        '.events.splits.time.denominator: number',
        '.indicators.quote[].open[]: number',
        '.indicators.quote[].high[]: number',
        '.indicators.quote[].low[]: number',
        '.indicators.quote[].close[]: number',
        '.indicators.quote[].volume[]: number',
      ]),
    );
  });

  it('have the very keys and types of a recorded quote', (context) => {
    const real = shapeOf(quoteEntry(recorded(context, 'quote-TSLA-fields-symbol.json').body));
    expect(ours.quote().toSorted()).toEqual(real.toSorted());
  });

  it('have no key or type that a recorded quote without fields has not', (context) => {
    const real = new Set(shapeOf(quoteEntry(recorded(context, 'quote-AAPL.json').body)));
    const whole = shapeOf(quoteEntry(quoteAnswer(market, new URLSearchParams({ symbols: 'TSLA' })).body));
    expect(whole.filter((path) => !real.has(path))).toEqual([]);
    expect(whole).toEqual(expect.arrayContaining(['.currency: string', '.longName: string']));
  });

  it('have no key or type that a recorded chart has not', (context) => {
    const real = new Set(shapeOf(chartEntry(recorded(context, 'chart-AAPL-2020-08-31-to-2020-11-07.json').body)));
    expect(ours.chart().filter((path) => !real.has(path))).toEqual([]);
  });

  it('say the first session of a recorded chart to the last bit', (context) => {
    const closes = z.object({
      timestamp: z.array(z.number()),
      indicators: z.object({ quote: z.array(z.object({ close: z.array(z.number()) })) }),
    });
    const first = (body: string) => {
      const { timestamp, indicators } = closes.parse(chartEntry(body));
      return [timestamp[0], indicators.quote[0]?.close[0]];
    };
    const real = first(recorded(context, 'chart-AAPL-2020-08-31-to-2020-11-07.json').body);
    expect(first(chartAnswer(market, 'AAPL', PERIOD).body)).toEqual(real);
  });

  it.for([
    ['cash-flow', cashFlowAapl],
    ['financials', financialsAapl],
  ] as const)('are those of recorded fundamentals, word for word (%s)', ([statement, answer], context) => {
    const schema = z.object({
      timeseries: z.object({ result: z.array(z.looseObject({ meta: z.object({ type: z.tuple([z.string()]) }) })) }),
    });
    const linesOf = (body: string) =>
      new Map(schema.parse(JSON.parse(body)).timeseries.result.map((line) => [line.meta.type[0], line]));
    const real = linesOf(recorded(context, `fundamentalsTimeSeries-AAPL-${statement}-quarterly.json`).body);
    for (const [type, line] of linesOf(answer.body)) expect(line).toEqual(real.get(type));
  });

  it('tell the quarters of a period, and refuse a ticker without any', () => {
    const ask = (ticker: string) =>
      fundamentalsAnswer(
        new Map([['AAPL', appleRows]]),
        ticker,
        new URLSearchParams({ period1: '1719705600', period2: '1719705600', type: 'quarterlyTotalRevenue' }),
      );
    expect(JSON.parse(ask('AAPL').body)).toMatchObject({
      timeseries: { result: [{ quarterlyTotalRevenue: [{ asOfDate: '2024-06-30' }] }], error: null },
    });
    expect(ask('NOPE').status).toBe(404);
  });

  it('adjust the sessions before a split and leave out what is outside the period', () => {
    const all = new URLSearchParams({ period1: '0', period2: '2000000000' });
    const close = z.object({ indicators: z.object({ quote: z.array(z.object({ close: z.array(z.number()) })) }) });
    const closes = (query: URLSearchParams) =>
      close.parse(chartEntry(chartAnswer(market, 'AAPL', query).body)).indicators.quote[0]?.close;
    expect(closes(all)).toEqual([Math.fround(499.23 / 4), Math.fround(129.04)]);
    expect(closes(PERIOD)).toEqual([Math.fround(129.04)]);
  });
});
