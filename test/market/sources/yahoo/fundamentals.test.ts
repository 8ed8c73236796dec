import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { SourceError } from '../../../../src/market/source.ts';
import { statementsSchema } from '../../../../src/market/sources/yahoo/fundamentals-schema.ts';
import type { DoubleQuarter } from '../../../doubles/yahoo/fundamentals.ts';
import { holdTimeouts } from '../../../held-timeouts.ts';
import { recordedOr } from './recorded.ts';
import { appleQuarters, appleRows, cashFlowAapl, financialsAapl } from './sample-answers.ts';
import { AAPL, asked, faultOf, MINUTE_MS, NOW, stage } from './setup.ts';

const ALWAYS = Number.POSITIVE_INFINITY;

/** A stage whose Yahoo has these quarters of AAPL. */
const telling = async (rows: readonly DoubleQuarter[], options: Parameters<typeof stage>[0] = {}) => {
  const staged = await stage(options);
  staged.double.setFundamentals('AAPL', rows);
  return staged;
};

const revenue = (end: string, raw?: DoubleQuarter['raw']): DoubleQuarter => ({
  end,
  lines: { TotalRevenue: 124_300_000_000 },
  ...(raw && { raw }),
});

describe('processes real data', () => {
  it("reads Apple's quarters from the two statements, capex as a positive number", async () => {
    const { double, fundamentals, logged } = await stage();
    double.fail(({ endpoint, query }) => {
      if (endpoint !== 'fundamentals') return undefined;
      return query.get('type')?.includes('quarterlyCapitalExpenditure')
        ? recordedOr('fundamentalsTimeSeries-AAPL-cash-flow-quarterly.json', cashFlowAapl)
        : recordedOr('fundamentalsTimeSeries-AAPL-financials-quarterly.json', financialsAapl);
    });
    expect(await fundamentals.quarters('AAPL', NOW)).toEqual(appleQuarters);
    expect(logged).toEqual([]);
  });
});

describe('quarters', () => {
  it('come from two requests, without a session', async () => {
    const { double, fundamentals } = await telling(appleRows);
    expect(await fundamentals.quarters('AAPL', NOW)).toEqual(appleQuarters);
    expect(asked(double)).toEqual({ fundamentals: 2 });
    const types = double.requests.map(({ query }) => query.get('type')?.split(',') ?? []);
    expect(types[0]).toEqual(expect.arrayContaining(['quarterlyCapitalExpenditure', 'quarterlyOperatingCashFlow']));
    expect(types[1]).toEqual(expect.arrayContaining(['quarterlyTotalRevenue', 'quarterlyResearchAndDevelopment']));
  });

  it('are those of two years', async () => {
    const { fundamentals } = await telling(['2023-02-18', '2023-02-19', '2025-02-17'].map((end) => revenue(end)));
    const quarters = await fundamentals.quarters('AAPL', NOW);
    expect(quarters.map(({ end }) => end)).toEqual(['2023-02-19', '2025-02-17']);
  });

  it('come oldest first, in whatever order Yahoo sends them', async () => {
    const { fundamentals } = await telling(appleRows.toReversed());
    expect(await fundamentals.quarters('AAPL', NOW)).toEqual(appleQuarters);
  });

  it('leave out the figures that Yahoo does not have', async () => {
    const { fundamentals } = await telling([
      revenue('2024-09-30'),
      { end: '2024-12-31', lines: { OperatingCashFlow: -1_500_000, CapitalExpenditure: -500_000 } },
    ]);
    expect(await fundamentals.quarters('AAPL', NOW)).toEqual([
      { end: '2024-09-30', revenue: 124_300 },
      { end: '2024-12-31', operatingCashFlow: -1.5, capex: 0.5 },
    ]);
  });

  it('are empty if Yahoo knows the ticker but has no figures', async () => {
    const { double, fundamentals } = await stage();
    double.setFundamentals('^IXIC', []);
    expect(await fundamentals.quarters('^IXIC', NOW)).toEqual([]);
    double.fail({ fault: 'empty-result', times: 2 });
    expect(await fundamentals.quarters('AAPL', NOW)).toEqual([]);
  });
});

describe('odd cells', () => {
  it.each([
    ['null', { end: '2024-12-31', lines: { TotalRevenue: null } }],
    ['a zero', { end: '2024-12-31', lines: { TotalRevenue: 0, CapitalExpenditure: 0 } }],
  ])('count as no figure: %s', async (_, odd) => {
    const { fundamentals, logged } = await telling([revenue('2024-09-30'), odd]);
    expect(await fundamentals.quarters('AAPL', NOW)).toEqual([{ end: '2024-09-30', revenue: 124_300 }]);
    expect(logged).toEqual([]);
  });

  it.each([
    ['a number as text', { reportedValue: { raw: '124300000000', fmt: '124.30B' } }],
    ['no number', { reportedValue: { fmt: '124.30B' } }],
    ['null for the value', { reportedValue: null }],
    ['a year in place of a quarter', { periodType: '12M' }],
    ['another currency', { currencyCode: 'TWD' }],
    ['no currency', { currencyCode: undefined }],
    ['a day that is none', { asOfDate: '2024-12-32' }],
    ['no day', { asOfDate: undefined }],
  ])('are dropped and counted: %s', async (_, raw) => {
    const { fundamentals, logged } = await telling([revenue('2024-09-30'), revenue('2024-12-31', raw)]);
    expect(await fundamentals.quarters('AAPL', NOW)).toEqual([{ end: '2024-09-30', revenue: 124_300 }]);
    expect(logged).toMatchObject([{ ticker: 'AAPL', oddCells: 1, msg: 'Unreadable fundamentals dropped' }]);
  });

  it('are dropped if capex is an inflow', async () => {
    const { fundamentals, logged } = await telling([
      { end: '2024-12-31', lines: { CapitalExpenditure: 2_940_000_000 } },
    ]);
    expect(await fundamentals.quarters('AAPL', NOW)).toEqual([]);
    expect(logged).toMatchObject([{ oddCells: 1 }]);
  });

  it('without a periodType count as quarters, and nothing is printed', async () => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
    const { fundamentals } = await telling(appleRows.map((row) => ({ ...row, raw: { periodType: undefined } })));
    const quarters = await fundamentals.quarters('AAPL', NOW);
    const lines = printed.mock.calls;
    printed.mockRestore();
    expect(quarters).toEqual(appleQuarters);
    expect(lines).toEqual([]);
  });

  it('of any kind never result in a figure that is not a number', () => {
    const cell = fc.record(
      {
        asOfDate: fc.oneof(fc.constant('2024-12-31'), fc.anything()),
        periodType: fc.oneof(fc.constant('3M'), fc.anything()),
        currencyCode: fc.oneof(fc.constant('USD'), fc.anything()),
        reportedValue: fc.oneof(fc.record({ raw: fc.oneof(fc.integer(), fc.anything()) }), fc.anything()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(cell, fc.anything())), fc.array(cell), (capex, sales) => {
        const result = [{ quarterlyCapitalExpenditure: capex }, { quarterlyTotalRevenue: sales }];
        const { quarters } = statementsSchema.parse([{ timeseries: { result } }]);
        for (const { end, ...figures } of quarters) {
          expect(end).toBe('2024-12-31');
          expect(Object.values(figures).every(Number.isFinite)).toBe(true);
          expect(figures.capex ?? 1).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('when Yahoo cannot answer', () => {
  it.each([
    ['edge-429', 'throttled', 'Yahoo is rate limiting us (HTTP 429); figures are not checked'],
    ['server-error', 'unreachable', 'Yahoo is having problems (HTTP 500); figures are not checked'],
    ['invalid-crumb', 'refused', 'Yahoo rejected our session (HTTP 401)'],
  ] as const)('a call rejects with one line (%s)', async (fault, kind, message) => {
    const { double, fundamentals } = await telling(appleRows);
    double.fail({ fault, times: ALWAYS });
    const error = await faultOf(fundamentals.quarters('AAPL', NOW));
    expect([error.fault, error.message]).toEqual([kind, message]);
  });

  it.each(['server-error', 'disconnect', 'edge-429', 'invalid-crumb'] as const)(
    'a call is made again where the fault passes (%s)',
    async (fault) => {
      const { double, fundamentals } = await telling(appleRows);
      double.fail({ fault });
      expect(await fundamentals.quarters('AAPL', NOW)).toEqual(appleQuarters);
    },
  );

  it('a failure of the second statement alone loses nothing of the first', async () => {
    const { double, fundamentals } = await telling(appleRows);
    let seen = 0;
    double.fail(({ endpoint }) => {
      seen += endpoint === 'fundamentals' ? 1 : 0;
      return seen === 2 ? 'server-error' : undefined;
    });
    expect(await fundamentals.quarters('AAPL', NOW)).toEqual(appleQuarters);
  });

  it('the pause after throttling is one for quotes and fundamentals', async () => {
    const { double, source, fundamentals } = await telling(appleRows);
    double.fail({ fault: 'edge-429', times: 3 });
    await faultOf(fundamentals.quarters('AAPL', NOW));
    const before = double.requests.length;
    expect((await faultOf(source.quotes([AAPL], NOW))).fault).toBe('throttled');
    expect((await faultOf(fundamentals.quarters('AAPL', NOW))).fault).toBe('throttled');
    expect(double.requests).toHaveLength(before);
    expect(await fundamentals.quarters('AAPL', NOW + MINUTE_MS)).toEqual(appleQuarters);
  });

  it('a ticker that Yahoo does not know is named', async () => {
    const { fundamentals } = await stage();
    const error = await faultOf(fundamentals.quarters('^NOPE', NOW));
    expect([error.fault, error.message]).toEqual([
      'unknown-symbol',
      "Yahoo has no symbol '^NOPE'; check its spelling in config/watchlist.yaml",
    ]);
  });

  it('an answer that hangs ends the call', async () => {
    const { double, fundamentals } = await telling(appleRows, { timeoutMs: 9_000 });
    const timeouts = holdTimeouts((ms) => ms === 9_000);
    double.fail({ fault: 'hang', times: ALWAYS });
    const error = await timeouts.expireUntil(faultOf(fundamentals.quarters('AAPL', NOW)));
    expect(error.message).toMatch(/^Yahoo cannot be reached at .+ \(request timed out\); figures are not checked$/);
  });

  it.each([
    '',
    'not json',
    'null',
    '[]',
    '{}',
    '{"timeseries":{"result":null,"error":null}}',
    '{"timeseries":{"result":[null],"error":null}}',
    '{"timeseries":{"result":[{"quarterlyTotalRevenue":"124.30B"}],"error":null}}',
    '{"finance":{"result":null,"error":{"code":"Bad Request","description":"Missing required query parameter=type"}}}',
  ])('the answer "%s" is unreadable', async (body) => {
    const { double, fundamentals } = await stage();
    double.fail(({ endpoint }) => (endpoint === 'fundamentals' ? { status: 200, headers: {}, body } : undefined));
    const error = await faultOf(fundamentals.quarters('AAPL', NOW));
    expect(error).toBeInstanceOf(SourceError);
    expect([error.fault, error.message]).toEqual(['unreadable', expect.stringMatching(/its API may have changed$/)]);
  });
});
