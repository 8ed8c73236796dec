import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../doubles/yahoo/answers.ts';
import { refusal, text } from '../../../doubles/yahoo/answers.ts';
import type { Endpoint } from '../../../doubles/yahoo/faults.ts';
import { haveRecorded, recordedOr } from './recorded.ts';
import * as small from './sample-answers.ts';
import { AAPL, faultOf, NOW, stage } from './setup.ts';

const serving = async (endpoint: Endpoint, answer: Answer) => {
  const staged = await stage();
  staged.double.fail((request) => (request.endpoint === endpoint ? answer : undefined));
  return staged;
};

describe('processes real data', () => {
  it('reads a quote', async () => {
    const { source } = await serving('quote', recordedOr('quote-AAPL.json', small.quoteAapl));
    expect(await source.quotes([AAPL], NOW)).toEqual({
      quotes: [
        {
          symbol: 'AAPL',
          price: 244_600_000,
          tradeTime: Date.parse('2025-02-14T21:00:00Z'),
          marketState: 'closed',
          delayMinutes: 0,
          previousClose: 241_530_000,
          source: 'Yahoo',
        },
      ],
      refused: [],
    });
  });

  it('reads two quotes of one answer', async () => {
    const { source } = await serving('quote', recordedOr('quote-AAPL-BABA.json', small.quoteAaplBaba));
    const { quotes, refused } = await source.quotes([{ symbol: 'BABA', ticker: 'BABA' }, AAPL], NOW);
    expect(quotes.map(({ symbol, price }) => ({ symbol, price }))).toEqual([
      { symbol: 'BABA', price: 124_730_000 },
      { symbol: 'AAPL', price: 244_600_000 },
    ]);
    expect(refused).toEqual([]);
  });

  it("reads an index under our own name, with the exchange's delay and its zeros elsewhere", async () => {
    const { source } = await serving('quote', recordedOr('quote-^VXAPL.json', small.quoteIndex));
    const { quotes } = await source.quotes([{ symbol: 'VXAPL', ticker: '^VXAPL' }], NOW);
    expect(quotes).toMatchObject([{ symbol: 'VXAPL', price: 23_770_000, delayMinutes: 15 }]);
  });

  it('reads a session of a chart, its 32-bit floats as cents', async () => {
    const { source } = await serving('chart', recordedOr('chart-AAPL.json', small.chartAapl));
    expect(await source.history(AAPL, '2022-02-22', NOW)).toEqual({
      bars: [
        {
          session: '2022-02-22',
          open: 164_980_000,
          high: 166_690_000,
          low: 162_150_000,
          close: 164_320_000,
          volume: 91_162_800,
        },
      ],
      splits: [],
    });
  });

  it('reads a split on the first session of a chart, next to a dividend', async () => {
    const answer = recordedOr('chart-AAPL-2020-08-31-to-2020-11-07.json', small.chartSplitAapl);
    const { source } = await serving('chart', answer);
    const { bars, splits } = await source.history(AAPL, '2020-08-31', NOW);
    expect(splits).toEqual([{ session: '2020-08-31', numerator: 4, denominator: 1 }]);
    expect(bars[0]).toMatchObject({ session: '2020-08-31', close: 129_040_000 });
    expect(bars.map(({ session }) => session)).toEqual(bars.map(({ session }) => session).toSorted());
    if (haveRecorded) expect(bars).toHaveLength(49);
  });

  it('reads a year with a split in it, adjusted for that split and the later one', async () => {
    const file = 'historical-via-chart-NVDA-split-2021-02-01-to-2022-01-31.csv.json';
    const { source } = await serving('chart', recordedOr(file, small.chartSplitNvda));
    const { bars, splits } = await source.history({ symbol: 'NVDA', ticker: 'NVDA' }, '2021-02-01', NOW);
    expect(splits).toEqual([{ session: '2021-07-20', numerator: 4, denominator: 1 }]);
    // 529.48 USD were paid on that day; 4:1 in 2021 and 10:1 in 2024 make 13.237 of it.
    expect(bars[0]).toMatchObject({ session: '2021-02-01', close: 13_237_000 });
    if (haveRecorded) expect(bars).toHaveLength(252);
  });

  it('reads a chart without times as a period without sessions', async () => {
    const file = 'chart-TSLA-2025-01-01-to-2025-01-02-interval-1h.fake.json';
    const { source } = await serving('chart', recordedOr(file, small.chartWithoutTimes));
    expect(await source.history({ symbol: 'TSLA', ticker: 'TSLA' }, '2025-01-01', NOW)).toEqual({
      bars: [],
      splits: [],
    });
  });

  it.each(['chart-notimestamp-quotes-length.fake.json', 'chart-notimestamp-weird-quote.fake.json'])(
    'finds a chart with prices but no times unreadable (%s)',
    async (file) => {
      const { source } = await serving('chart', recordedOr(file, small.chartWithColumnsButNoTimes));
      expect((await faultOf(source.history(AAPL, '2020-01-01', NOW))).fault).toBe('unreadable');
    },
  );
});

const invalidCrumb = refusal(401, 'finance', 'Unauthorized', 'Invalid Crumb');
const noAccess = refusal(401, 'finance', 'Unauthorized', 'User is unable to access this feature');

describe('the day on which a company reports next', () => {
  it.each([
    ['AAPL', small.eventsAapl, '2025-04-30'],
    ['GOOG', small.eventsGoog, '2025-04-23'],
  ])('of a recorded calendar of %s is the first of a range, and an estimate', async (ticker, answer, day) => {
    const { source } = await serving('events', recordedOr(`quoteSummary-calendarEvents-${ticker}.json`, answer));
    expect(await source.reportDay?.({ symbol: ticker, ticker }, NOW)).toEqual({ day, estimated: true });
  });

  it('is certain if the company has named it, and undefined if there is none', async () => {
    const named = await serving('events', small.eventsNamed);
    expect(await named.source.reportDay?.(AAPL, NOW)).toEqual({ day: '2025-04-23', estimated: false });
    const none = await serving('events', small.eventsNone);
    expect(await none.source.reportDay?.(AAPL, NOW)).toBeUndefined();
  });

  it('that cannot be read says where', async () => {
    const { source } = await serving('events', small.eventsOdd);
    const fault = await faultOf(Promise.resolve(source.reportDay?.(AAPL, NOW)));
    expect(fault.fault).toBe('unreadable');
    expect(fault.message).toContain("Yahoo's calendar for AAPL could not be read");
  });
});

describe('names the faults of real answers', () => {
  it.each([
    ['401-invalid-crumb.json', 'quote', invalidCrumb, 'refused'],
    ['401-unable-to-access.json', 'quote', noAccess, 'refused'],
    ['429-edge.json', 'quote', text(429, 'Edge: Too Many Requests'), 'throttled'],
    ['429-too-many-requests.json', 'quote', text(429, 'Too Many Requests\r\n'), 'throttled'],
    ['429-too-many-requests.json', 'crumb', text(429, 'Too Many Requests\r\n'), 'throttled'],
    ['getcrumb-200-junk.json', 'crumb', text(200, 'Too Many Requests\r\n'), 'throttled'],
  ] as const)('%s on %s', async (file, endpoint, standIn, fault) => {
    const { source } = await serving(endpoint, recordedOr(`errors/${file}`, standIn));
    expect((await faultOf(source.quotes([AAPL], NOW))).fault).toBe(fault);
  });

  it('treats an empty result as symbols that Yahoo does not know', async () => {
    const { double, source } = await stage();
    double.fail({ fault: 'empty-result' });
    expect(await source.quotes([AAPL], NOW)).toEqual({
      quotes: [],
      refused: [{ symbol: 'AAPL', reason: 'not in the response' }],
    });
  });
});
