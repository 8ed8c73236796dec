import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/facts/fact.ts';
import { type HyperscalerSum, hyperscalerSum, newestHyperscalerSum } from '../../src/facts/hyperscaler-sum.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { calendarQuarter } from '../../src/facts/period.ts';
import { at, companies, curatedFacts, ledger } from './samples.ts';

/** As a card prints it: billions with one decimal, whole percentages. */
const printed = (sum: HyperscalerSum | undefined) =>
  sum && {
    billions: Math.round(sum.capex / 100) / 10,
    ofCashFlow: sum.ofOperatingCashFlow && Math.round(sum.ofOperatingCashFlow),
    yoy: sum.yoyPercent && Math.round(sum.yoyPercent),
    reported: `${sum.reported} of ${sum.of}`,
  };

// Added up by hand from the companies' cash flow statements, e.g. June 2024: 13,873 + 13,186 + 17,620 + 8,173 = 52,852
// over 37,195 + 26,640 + 25,281 + 19,370 = 108,486.
test.each([
  ['2024-03-31', 44.3, 45, 31],
  ['2024-06-30', 52.9, 49, 58],
  ['2025-06-30', 88.2, 69, 67],
  ['2026-06-30', 165.1, 96, 87],
])('the four to %s spent %f billion, %i %% of operating cash flow', (end, billions, ofCashFlow, yoy) => {
  expect(printed(hyperscalerSum(ledger, companies, calendarQuarter(end), '2026-11-01'))).toEqual({
    billions,
    ofCashFlow,
    yoy,
    reported: '4 of 4',
  });
});

describe('as of 30 July 2024', () => {
  test('a minute before the close the newest complete quarter is January to March', () => {
    const sum = newestHyperscalerSum(ledger, companies, at('2024-07-30 15:59'));
    expect(sum?.quarter).toEqual({ start: '2024-01-01', end: '2024-03-31' });
    expect(printed(sum)).toEqual({ billions: 44.3, ofCashFlow: 45, yoy: 31, reported: '4 of 4' });
  });

  test('of the June quarter only Alphabet is known at the close, and Microsoft too just after', () => {
    const june = calendarQuarter('2024-06-30');
    expect(hyperscalerSum(ledger, companies, june, at('2024-07-30 16:00'))).toMatchObject({
      capex: 13186,
      reported: 1,
      of: 4,
    });
    expect(hyperscalerSum(ledger, companies, june, at('2024-07-30 16:01'))).toMatchObject({
      capex: 13186 + 13873,
      reported: 2,
      of: 4,
    });
  });

  test('a partial sum is compared with the same companies a year before', () => {
    const sum = hyperscalerSum(ledger, companies, calendarQuarter('2024-06-30'), at('2024-07-30 16:00'));
    expect(sum?.yoyPercent).toBeCloseTo((13186 / 6888 - 1) * 100, 9);
    expect(sum?.ofOperatingCashFlow).toBeCloseTo((13186 / 26640) * 100, 9);
  });
});

const without = (drop: (fact: Fact) => boolean) => createLedger(curatedFacts.filter((fact) => !drop(fact)));
const june = calendarQuarter('2024-06-30');

test('the June quarter is complete once Amazon and Meta have filed, on 1 August 2024', () => {
  expect(newestHyperscalerSum(ledger, companies, at('2024-08-01 16:00'))?.quarter.end).toBe('2024-03-31');
  expect(newestHyperscalerSum(ledger, companies, '2024-08-01')?.quarter.end).toBe('2024-06-30');
});

test('a missing cash flow leaves the percentage undisclosed and does not count as 0', () => {
  const sum = hyperscalerSum(
    without(({ subject, metric }) => subject === 'META' && metric === 'operating_cash_flow'),
    companies,
    june,
    '2024-09-01',
  );
  expect(sum?.capex).toBe(52852);
  expect(sum).not.toHaveProperty('ofOperatingCashFlow');
});

test('a missing quarter of the year before leaves the change undisclosed', () => {
  const sum = hyperscalerSum(
    without(({ subject, period }) => subject === 'META' && period.end === '2023-06-30'),
    companies,
    june,
    '2024-09-01',
  );
  expect(sum?.reported).toBe(4);
  expect(sum).not.toHaveProperty('yoyPercent');
});

test('there is no sum before any company has reported', () => {
  expect(hyperscalerSum(ledger, companies, calendarQuarter('2024-09-30'), '2024-09-30')).toBeUndefined();
  expect(newestHyperscalerSum(ledger, companies, '2023-01-01')).toBeUndefined();
});

test('the newest complete quarter is found up to twelve quarters back, and no further', () => {
  // As of August 2026 the newest quarter is the June quarter of 2026; the twelfth back ends in September 2023.
  const metaUpTo = (end: string) => without(({ subject, period }) => subject === 'META' && period.end > end);
  expect(newestHyperscalerSum(metaUpTo('2023-09-30'), companies, '2026-08-31')?.quarter.end).toBe('2023-09-30');
  expect(newestHyperscalerSum(metaUpTo('2023-06-30'), companies, '2026-08-31')).toBeUndefined();
});

test('Amazon is in the sum on its gross cash basis, and capex including leases never is', () => {
  const bases = companies.four.map((subject) => ledger.quarters(subject, 'capex_cash', '2024-09-01').at(-1)?.basis);
  expect(bases).toEqual(['cash_ppe', 'cash_ppe', 'cash_ppe_gross_productive', 'cash_ppe']);
  const other = curatedFacts.map((fact) =>
    fact.basis === 'cash_ppe_gross_productive' ? { ...fact, basis: 'cash_ppe_net' as const } : fact,
  );
  expect(hyperscalerSum(createLedger(other), companies, june, '2024-09-01')).toMatchObject({
    capex: 52852 - 17620,
    reported: 3,
  });
});
