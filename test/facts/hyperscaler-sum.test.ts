import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/facts/fact.ts';
import {
  type HyperscalerSum,
  hyperscalerSum,
  newestHyperscalerSum,
  presentHyperscalerSum,
} from '../../src/facts/hyperscaler-sum.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { calendarQuarter } from '../../src/facts/period.ts';
import { yearAgo } from '../../src/facts/ratios.ts';
import { at, companies, curatedFacts, factOf, ledger } from './samples.ts';

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

  test('of the June quarter only Alphabet is known at the close, and Microsoft too from 16:03', () => {
    const june = calendarQuarter('2024-06-30');
    expect(hyperscalerSum(ledger, companies, june, at('2024-07-30 16:00'))).toMatchObject({
      capex: 13186,
      reported: 1,
      of: 4,
    });
    expect(hyperscalerSum(ledger, companies, june, at('2024-07-30 16:03'))).toMatchObject({ reported: 1 });
    expect(hyperscalerSum(ledger, companies, june, at('2024-07-30 16:04'))).toMatchObject({
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

// The evenings on which the four told their quarters; e.g. 29 April 2026: 30,876 + 35,674 + 44,203 + 18,997 = 129,750
// over 46,679 + 45,790 + 26,032 + 32,226 = 150,727.
test.each([
  ['2024-02-01', '2023-12-31', '4 of 4', 42.9, 43],
  ['2024-07-31', '2024-06-30', '3 of 4', 35.2, 42],
  ['2025-10-29', '2025-09-30', '3 of 4', 62.2, 50],
  ['2026-04-29', '2026-03-31', '4 of 4', 129.8, 86],
])('in the evening of %s, of the quarter to %s, %s are known', (day, end, reported, billions, ofCashFlow) => {
  const evening = printed(hyperscalerSum(ledger, companies, calendarQuarter(end), at(`${day} 18:00`)));
  expect(evening).toMatchObject({ reported, billions, ofCashFlow });
  expect(printed(hyperscalerSum(ledger, companies, calendarQuarter(end), day))).toEqual(evening);
});

describe('Meta’s quarters of 2023, told gross and net of proceeds', () => {
  test('are in the sum net, as its free cash flow was told', () => {
    // 9,735 + 11,019 + 14,588 + 7,592; gross it would be 7,665.
    expect(hyperscalerSum(ledger, companies, calendarQuarter('2023-12-31'), '2024-02-01')?.capex).toBe(42934);
    expect(ledger.quarters('META', 'capex_cash', '2024-02-01').map(({ value }) => value)).toEqual([
      6823, 6134, 6496, 7592,
    ]);
  });

  test('are compared with those of 2024 gross, which is how these were told', () => {
    const quarter = ledger.latest('META', 'capex_cash', '2024-04-24');
    expect(quarter && yearAgo(ledger, quarter, '2024-04-24')?.value).toBe(6842);
    expect(ledger.quarters('META', 'capex_cash', '2024-02-01', 'cash_ppe').map(({ value }) => value)).toEqual([
      6842, 6216, 6543, 7665,
    ]);
  });
});

describe('the age of the newest complete quarter', () => {
  const age = (asOf: string) => newestHyperscalerSum(ledger, companies, asOf)?.age;

  test('is said, and no newer quarter while none of the four has reported one', () => {
    expect(age('2026-08-01')).toEqual({ days: 32, stale: false });
  });

  test('makes the sum stale on the evening on which the first has reported a newer quarter, with how many have', () => {
    const [september, june] = [calendarQuarter('2025-09-30'), calendarQuarter('2025-06-30')];
    const evening = newestHyperscalerSum(ledger, companies, '2025-10-29');
    expect(evening?.quarter).toEqual(june);
    // 19,394 + 23,953 + 18,829.
    expect(evening?.age).toEqual({
      days: 121,
      stale: true,
      newer: { quarter: september, capex: 62176, reported: 3, of: 4 },
    });
    expect(newestHyperscalerSum(ledger, companies, '2025-10-30')).toMatchObject({
      quarter: september,
      age: { stale: false },
    });
  });

  test('makes it stale after 100 days, even if none has reported', () => {
    expect(age('2026-10-08')).toEqual({ days: 100, stale: false });
    expect(age('2026-10-09')).toEqual({ days: 101, stale: true });
  });

  test('makes it stale when one has reported anything of a newer quarter, before its capex is known', () => {
    const revenue = factOf({
      metric: 'revenue',
      basis: 'total_revenue',
      period: { start: '2026-07-01', end: '2026-09-30' },
      published: '2026-10-06',
    });
    expect(newestHyperscalerSum(createLedger([...curatedFacts, revenue]), companies, '2026-10-06')?.age).toEqual({
      days: 98,
      stale: true,
    });
  });

  test('does not make it stale when a quarter of 52/53 weeks ends some days later', () => {
    const revenue = factOf({
      ...{ metric: 'revenue', basis: 'total_revenue', published: '2026-08-06', time: '16:05' },
      period: { start: '2026-04-05', end: '2026-07-04' },
    });
    const later = createLedger([...curatedFacts, revenue]);
    expect(newestHyperscalerSum(later, companies, '2026-08-07')?.age?.stale).toBe(false);
  });

  test('ends its time as the present after 400 days', () => {
    expect(presentHyperscalerSum(ledger, companies, '2027-08-04')?.age?.days).toBe(400);
    expect(presentHyperscalerSum(ledger, companies, '2027-08-05')).toBeUndefined();
    expect(newestHyperscalerSum(ledger, companies, '2027-08-05')?.age?.days).toBe(401);
  });
});

test('decimals of a million are added up without an error', () => {
  const tenths = companies.four.map((subject, place) => factOf({ subject, value: [0.1, 0.2, 0.3, 0.1][place] ?? 0 }));
  expect(hyperscalerSum(createLedger(tenths), companies, calendarQuarter('2024-06-30'), '2024-09-01')?.capex).toBe(0.7);
});

const without = (drop: (fact: Fact) => boolean) => createLedger(curatedFacts.filter((fact) => !drop(fact)));
const june = calendarQuarter('2024-06-30');

test('the June quarter is complete once Amazon has reported, on 1 August 2024', () => {
  expect(newestHyperscalerSum(ledger, companies, at('2024-08-01 16:00'))?.quarter.end).toBe('2024-03-31');
  expect(newestHyperscalerSum(ledger, companies, '2024-08-01')?.quarter.end).toBe('2024-06-30');
});

test('of several newer quarters that some have reported the newest is named', () => {
  const metaStops = without(({ subject, period }) => subject === 'META' && period.end > '2024-03-31');
  // 14,923 + 13,061 + 22,620.
  expect(newestHyperscalerSum(metaStops, companies, '2024-10-31')).toMatchObject({
    quarter: { end: '2024-03-31' },
    age: { stale: true, newer: { quarter: { end: '2024-09-30' }, capex: 50_604, reported: 3, of: 4 } },
  });
});

test('of a cash flow that is nothing or negative there is no percentage', () => {
  const quarter = calendarQuarter('2024-06-30');
  const sumWith = (value: number) => {
    const flow = ledger
      .known('2024-07-31')
      .find(
        ({ subject, metric, period }) =>
          subject === 'MSFT' && metric === 'operating_cash_flow' && period.end === quarter.end,
      );
    if (!flow) throw new Error('no cash flow');
    const capex = ledger
      .known('2024-07-31')
      .filter(({ subject, metric }) => subject === 'MSFT' && metric === 'capex_cash');
    return hyperscalerSum(createLedger([...capex, { ...flow, value }]), companies, quarter, '2024-07-31');
  };
  expect(sumWith(27_746)?.ofOperatingCashFlow).toBeCloseTo(50);
  for (const value of [0, -1_000]) expect(sumWith(value)).not.toHaveProperty('ofOperatingCashFlow');
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
    fact.basis === 'cash_ppe_gross_productive'
      ? { ...fact, basis: 'cash_ppe_net_and_equipment_leases' as const }
      : fact,
  );
  expect(hyperscalerSum(createLedger(other), companies, june, '2024-09-01')).toMatchObject({
    capex: 52852 - 17620,
    reported: 3,
  });
});
