import { describe, expect, test } from 'vitest';
import type { Subject } from '../../src/facts/fact.ts';
import { guidanceInForce, guidanceProgress, guidanceSteps, guidanceText } from '../../src/facts/guidance.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { factOf, ledger } from './samples.ts';

const guidanceLine = (subject: Subject, asOf: string): string | undefined => {
  const fact = guidanceInForce(ledger, subject, asOf);
  return fact && guidanceText(guidanceSteps(ledger, fact, asOf));
};

describe('the history of a guided period reads in one line', () => {
  test.each<[Subject, string, string]>([
    ['META', '2024-07-30', '35–40B, raised from 30–37B on 2024-04-24'],
    ['META', '2024-07-31', '37–40B, narrowed from 35–40B on 2024-07-31'],
    ['META', '2024-11-01', '38–40B, narrowed from 37–40B on 2024-10-30'],
    ['META', '2025-02-01', '60–65B'],
    ['META', '2026-08-01', '130–145B, narrowed from 125–145B on 2026-07-29'],
    ['GOOGL', '2025-11-01', '91–93B, raised from 85B on 2025-10-29'],
    ['AMZN', '2026-08-01', '220B, raised from 200B on 2026-07-30'],
    ['TSLA', '2024-06-05', 'more than 10B'],
    ['TSLA', '2024-08-01', 'more than 10B, kept on 2024-07-23'],
    ['TSLA', '2026-05-01', 'more than 25B, raised from more than 20B on 2026-04-22'],
  ])('%s as of %s', (subject, asOf, text) => {
    expect(guidanceLine(subject, asOf)).toBe(text);
  });

  test('a change of accounting is another basis, not a lowered guidance', () => {
    expect(guidanceLine('MSFT', '2026-07-28')).toBe('190B');
    expect(guidanceLine('MSFT', '2026-08-01')).toBe('175B');
  });

  test('guidance for a period that is over is no longer in force', () => {
    expect(guidanceLine('META', '2024-12-31')).toBe('38–40B, narrowed from 37–40B on 2024-10-30');
    expect(guidanceLine('META', '2025-01-01')).toBeUndefined();
  });

  const range = (low: number, high: number, published: string) =>
    factOf({
      metric: 'capex_guidance',
      value: undefined,
      low,
      high,
      published,
      period: { start: '2024-01-01', end: '2024-12-31' },
    });

  test.each([
    [range(36_000, 39_000, '2024-07-31'), 'narrowed'],
    [range(37_000, 40_000, '2024-07-31'), 'narrowed'],
    [range(37_000, 39_000, '2024-07-31'), 'narrowed'],
    [range(35_000, 38_000, '2024-07-31'), 'lowered'],
    [range(38_000, 38_000, '2024-07-31'), 'narrowed'],
    [range(34_000, 41_000, '2024-07-31'), 'widened'],
    [range(35_000, 40_000, '2024-07-31'), 'kept'],
    [range(30_000, 40_000, '2024-07-31'), 'lowered'],
    [range(35_000, 41_000, '2024-07-31'), 'raised'],
    [range(37_000, 41_000, '2024-07-31'), 'raised'],
    [range(34_000, 39_000, '2024-07-31'), 'lowered'],
  ])(
    'a range whose low end alone rises is narrowed, else a revision is classified by its middle, then by its width',
    (second, revision) => {
      const two = createLedger([range(35_000, 40_000, '2024-04-24'), second]);
      expect(guidanceSteps(two, second, '2024-08-01').map((step) => step.revision)).toEqual(['first', revision]);
    },
  );
});

test.each<[Subject, string, string, readonly string[]]>([
  // Amazon said 100 for 2025 with equipment leases, then 125 without; Microsoft redefined its own in fiscal 2027.
  ['AMZN', 'CY2025', 'cash_ppe_net', ['rebased']],
  ['AMZN', 'CY2025', 'cash_ppe_net_and_equipment_leases', ['first']],
  ['MSFT', 'CY2026', 'incl_finance_leases_from_fy27', ['rebased']],
  ['META', 'CY2024', 'incl_finance_lease_principal', ['first', 'raised', 'narrowed', 'narrowed']],
])('the steps of %s for %s on %s are %s', (subject, label, basis, revisions) => {
  const step = ledger
    .history(subject, 'capex_guidance', '2026-11-01')
    .find((fact) => fact.label === label && fact.basis === basis);
  expect(step && guidanceSteps(ledger, step, '2026-11-01').map(({ revision }) => revision)).toEqual(revisions);
});

describe('progress', () => {
  test('Meta had spent 15,187 of 37,000 to 40,000 by June 2024, lease principal included', () => {
    expect(guidanceProgress(ledger, 'META', '2024-08-01')).toMatchObject({
      spent: 6715 + 8472,
      quartersReported: 2,
      quartersLeft: 2,
      remainderLow: 37000 - 15187,
      remainderHigh: 40000 - 15187,
    });
  });

  test('a floor leaves no upper remainder', () => {
    const progress = guidanceProgress(ledger, 'TSLA', '2026-08-01');
    expect(progress?.remainderLow).toBe(25000 - 2493 - 5789);
    expect(progress).not.toHaveProperty('remainderHigh');
  });

  test('is undisclosed if spending is not known on the basis of the guidance', () => {
    // Amazon guides net of incentives; of 2025 only one net quarter is in the ledger, of 2026 both: 43,234 and 53,076.
    expect(guidanceProgress(ledger, 'AMZN', '2025-12-01')).toBeUndefined();
    expect(guidanceProgress(ledger, 'AMZN', '2026-08-01')?.remainderHigh).toBe(220000 - 43234 - 53076);
    expect(guidanceProgress(ledger, 'MSFT', '2026-08-01')).toBeUndefined();
  });

  test('is undisclosed before the first quarter of the period is reported', () => {
    expect(guidanceProgress(ledger, 'META', '2026-03-01')).toBeUndefined();
  });
});
