import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/facts/fact.ts';
import { asOfInstant, knownFrom } from '../../src/facts/known-from.ts';
import { createLedger, type Ledger } from '../../src/facts/ledger.ts';
import { METRIC_IDS } from '../../src/facts/metric.ts';
import { addDays } from '../../src/util/day.ts';
import { DAY_MS, MINUTE_MS } from '../../src/util/durations.ts';
import { at, companies, curatedFacts, factOf, ledger } from './samples.ts';

const everything = (of: Ledger, asOf: number | string): Fact[] => [
  ...of.known(asOf),
  ...companies.subjects.flatMap((subject) =>
    METRIC_IDS.flatMap((metric) => {
      const latest = of.latest(subject, metric, asOf);
      return [...of.history(subject, metric, asOf), ...of.quarters(subject, metric, asOf), ...(latest ? [latest] : [])];
    }),
  ),
];

const someDay = fc.integer({ min: 0, max: 1600 }).map((days) => addDays('2022-12-01', days));

describe('no look-ahead', () => {
  test('no read as of a day contains a fact published after it', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        for (const fact of everything(ledger, day)) expect(fact.published <= day).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('no read as of an instant contains a fact that became known at that instant or later', () => {
    const instant = fc.constantFrom(...curatedFacts.map(knownFrom));
    fc.assert(
      fc.property(instant, fc.constantFrom(-1, 0, 1), (known, offset) => {
        for (const fact of everything(ledger, known + offset)) expect(knownFrom(fact)).toBeLessThan(known + offset);
      }),
      { numRuns: 60 },
    );
  });

  test('what is read as of any minute does not change when later facts are removed', () => {
    const minutes = [...new Set(curatedFacts.map(knownFrom))].map((from) => from + MINUTE_MS);
    fc.assert(
      fc.property(fc.constantFrom(...minutes), (now) => {
        const then = createLedger(curatedFacts.filter((fact) => knownFrom(fact) < now));
        expect(everything(ledger, now)).toEqual(everything(then, now));
      }),
      { numRuns: 40 },
    );
  });

  test('what is read as of a day does not change when later facts are added', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        const then = createLedger(curatedFacts.filter(({ published }) => published <= day));
        expect(everything(ledger, day)).toEqual(everything(then, day));
      }),
      { numRuns: 25 },
    );
  });
});

describe('the shipped facts, to the minute', () => {
  const nvidia = (asOf: string): (string | undefined)[] =>
    (['capex_cash', 'revenue', 'datacenter_revenue'] as const).map(
      (metric) => ledger.latest('NVDA', metric, asOf)?.label,
    );

  test('Nvidia’s quarter of 28 August 2024 is not known at 16:15, and is at 16:30', () => {
    expect(nvidia('2024-08-28T16:15')).toEqual(['FY2025 Q1', 'FY2025 Q1', 'FY2025 Q1']);
    expect(nvidia('2024-08-28T16:30')).toEqual(['FY2025 Q2', 'FY2025 Q2', 'FY2025 Q2']);
  });

  test('Alphabet’s capex is known in the evening of 23 July 2024, by 16:30', () => {
    const capex = (asOf: string) => ledger.latest('GOOGL', 'capex_cash', asOf);
    expect(capex('2024-07-23T16:29')?.label).toBe('2024 Q1');
    expect(capex('2024-07-23T16:30')).toMatchObject({ value: 13186, knownBy: '16:30' });
    expect(capex('2024-07-23')).toMatchObject({ value: 13186, published: '2024-07-23' });
  });

  test('what was said on a call is not known when its release is out', () => {
    const leases = (asOf: string) => ledger.latest('MSFT', 'capex_incl_leases', asOf)?.label;
    expect(ledger.latest('MSFT', 'capex_cash', '2024-07-30T16:03')?.label).toBe('FY2024 Q4');
    expect(leases('2024-07-30T16:03')).toBe('FY2024 Q3');
    expect(leases('2024-07-30T17:30')).toBe('FY2024 Q4');
  });
});

describe('a fact is known from 16:00 New York of its day', () => {
  const one = createLedger([factOf()]);

  test('not at the closing bell, but a millisecond later', () => {
    expect(one.known(at('2024-07-30 16:00'))).toEqual([]);
    expect(one.known(at('2024-07-30 16:00') + 1)).toHaveLength(1);
  });

  test('as of a day means the end of that day', () => {
    expect(one.known('2024-07-29')).toEqual([]);
    expect(one.known('2024-07-30')).toHaveLength(1);
  });

  test('a row with a time of day counts from then', () => {
    const timed = createLedger([factOf({ time: '08:30' })]);
    expect(timed.known(at('2024-07-30 08:30'))).toEqual([]);
    expect(timed.known(at('2024-07-30 08:31'))).toHaveLength(1);
  });

  test('a row with a bound counts from the bound', () => {
    const bounded = createLedger([factOf({ knownBy: '16:30' })]);
    expect(bounded.known(at('2024-07-30 16:30'))).toEqual([]);
    expect(bounded.known(at('2024-07-30 16:30') + 1)).toHaveLength(1);
  });

  test('as of a minute means the end of that minute, in New York', () => {
    const timed = createLedger([factOf({ time: '16:21' })]);
    expect(timed.known('2024-07-30T16:20')).toEqual([]);
    expect(timed.known('2024-07-30T16:21')).toHaveLength(1);
    expect(asOfInstant('2024-07-30T16:20')).toBe(at('2024-07-30 16:21') - 1);
    expect(asOfInstant('2024-07-30')).toBe(asOfInstant('2024-07-30T23:59'));
  });

  test('16:00 is 20:00 UTC in July and 21:00 UTC in January', () => {
    expect(new Date(knownFrom(factOf())).toISOString()).toBe('2024-07-30T20:00:00.000Z');
    expect(new Date(knownFrom(factOf({ published: '2025-01-29' }))).toISOString()).toBe('2025-01-29T21:00:00.000Z');
  });
});

describe('restatements', () => {
  const first = factOf({ value: 27266, published: '2024-02-02' });
  const restated = factOf({ value: 27045, published: '2025-01-30', supersedes: first.id });
  const both = createLedger([restated, first]);

  test('the old figure is in force until the day of the new one', () => {
    expect(both.latest('MSFT', 'capex_cash', '2025-01-29')?.value).toBe(27266);
    expect(both.latest('MSFT', 'capex_cash', '2025-01-30')?.value).toBe(27045);
    expect(both.quarters('MSFT', 'capex_cash', '2025-01-30').map(({ value }) => value)).toEqual([27045]);
  });

  test('the history keeps both, the older first', () => {
    expect(both.history('MSFT', 'capex_cash', '2025-01-30').map(({ value }) => value)).toEqual([27266, 27045]);
  });
});

describe('two figures of one period that contradict each other', () => {
  const first = factOf({ value: 68_000, published: '2026-09-29' });
  const second = factOf({ value: 50_000, published: '2026-10-08', disputes: first.id });
  const both = createLedger([second, first]);

  test('are disputed, both, from the day of the second', () => {
    expect(both.disputes(first, '2026-10-07')).toEqual([]);
    expect(both.disputes(first, '2026-10-08')).toEqual([second]);
    expect(both.disputes(second, '2026-10-08')).toEqual([first]);
  });

  test('are disputed no longer once a third replaces one of them, and other figures never were', () => {
    const settled = factOf({ value: 66_000, published: '2026-11-03', supersedes: second.id });
    const three = createLedger([first, second, settled]);
    expect(three.disputes(settled, '2026-11-03')).toEqual([]);
    expect(three.disputes(first, '2026-11-03')).toEqual([]);
    const other = factOf({ value: 1, published: '2026-10-08', basis: 'cash_ppe_net' });
    expect(createLedger([first, second, other]).disputes(other, '2026-10-08')).toEqual([]);
  });

  test('a third that contradicts the first, too, stands beside both', () => {
    const third = factOf({ value: 55_000, published: '2026-10-20', disputes: first.id });
    expect(createLedger([first, second, third]).disputes(third, '2026-10-20')).toEqual([first, second]);
  });
});

test('a restatement known only from a tracker still replaces the company’s figure', () => {
  const first = factOf({ value: 100 });
  const source = { ...first.source, secondary: true as const };
  const restated = factOf({ value: 90, published: '2024-09-30', source, supersedes: first.id });
  expect(createLedger([first, restated]).latest('MSFT', 'capex_cash', '2024-12-31')?.value).toBe(90);
});

describe('one figure from two sources', () => {
  const filed = factOf({ value: 17620, published: '2024-08-01' });
  const tracked = factOf({ value: 17600, published: '2024-08-05', source: { ...filed.source, secondary: true } });

  test('the company wins over a tracker that comes later', () => {
    expect(createLedger([filed, tracked]).latest('MSFT', 'capex_cash', '2024-09-01')?.value).toBe(17620);
  });

  test('a tracker counts if the company has no figure', () => {
    expect(createLedger([tracked]).latest('MSFT', 'capex_cash', '2024-09-01')?.value).toBe(17600);
  });

  test('of two facts with one id the first wins', () => {
    expect(createLedger([filed, { ...filed, value: 1 }]).known('2024-09-01')).toEqual([filed]);
  });
});

describe('which figure is the latest', () => {
  test('the newest period, even if an older one was published last', () => {
    const old = factOf({ period: { start: '2024-01-01', end: '2024-03-31' }, published: '2024-08-30' });
    expect(createLedger([factOf(), old]).latest('MSFT', 'capex_cash', '2024-12-31')).toEqual(factOf());
  });

  test('the quarter rather than the year that ends with it', () => {
    expect(ledger.latest('NVDA', 'capex_cash', '2026-03-01')?.label).toBe('FY2026 Q4');
  });

  test('the guidance given last, even if another reaches further', () => {
    const guidance = { metric: 'capex_guidance', value: undefined, low: 1 } as const;
    const far = factOf({ ...guidance, period: { start: '2026-01-01', end: '2026-12-31' }, published: '2024-06-01' });
    const near = factOf({ ...guidance, period: { start: '2024-01-01', end: '2024-12-31' } });
    expect(createLedger([far, near]).latest('MSFT', 'capex_guidance', '2024-12-01')).toEqual(near);
  });

  test('none if nothing was published', () => {
    expect(ledger.latest('TSLA', 'cloud_revenue', '2026-11-01')).toBeUndefined();
    expect(ledger.quarters('OPENAI', 'revenue', '2026-11-01')).toEqual([]);
  });
});

test('quarters are 13 weeks or three months, not half-years, years or balances', () => {
  for (const subject of companies.subjects)
    for (const metric of METRIC_IDS)
      for (const { period } of ledger.quarters(subject, metric, '2026-11-01')) {
        const days = (Date.parse(period.end) - Date.parse(period.start ?? '')) / DAY_MS + 1;
        expect(days).toBeGreaterThanOrEqual(89);
        expect(days).toBeLessThanOrEqual(98);
      }
  expect(ledger.figures('AMZN', 'capex_incl_leases', '2024-08-02').map(({ label }) => label)).toEqual(['2024 H1']);
  expect(ledger.quarters('AMZN', 'capex_incl_leases', '2024-08-02')).toEqual([]);
});
