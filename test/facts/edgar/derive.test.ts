import { describe, expect, it } from 'vitest';
import { type DerivedQuarter, deriveQuarters, quartersOf } from '../../../src/facts/edgar/derive.ts';
import type { FiledRow } from '../../../src/facts/edgar/filed-row.ts';
import { filed, tenK, tenQ } from './rows.ts';

const AMZN = { cik: 1018724, yearEnd: 12 };
const META = { cik: 1326801, yearEnd: 12 };
const MSFT = { cik: 789019, yearEnd: 6 };
const AAPL = { cik: 320193, yearEnd: 9 };
const NVDA = { cik: 1045810, yearEnd: 1 };

const brief = ({ period, value, published }: DerivedQuarter): string =>
  `${period.label} ${value / 1_000_000} ${published}`;

const derived = (rows: readonly FiledRow[], company: { cik: number; yearEnd: number }): string[] =>
  deriveQuarters(rows, company).map(brief);

describe('a quarter', () => {
  it('is the three-month figure as filed, with the first filing that has it', () => {
    const rows = [
      ...filed(tenQ('2025-10-29', '0001193125-25-256321'), { '2024-07-01/2024-09-30': 14_923 }),
      ...filed(tenQ('2024-10-30', '0000950170-24-118967'), { '2024-07-01/2024-09-30': 14_923 }),
    ];
    expect(deriveQuarters(rows, MSFT)).toEqual([
      {
        period: { label: 'FY2025 Q1', start: '2024-07-01', end: '2024-09-30' },
        value: 14_923_000_000,
        published: '2024-10-30',
        filing: {
          accession: '0000950170-24-118967',
          form: '10-Q',
          url: 'https://www.sec.gov/Archives/edgar/data/789019/000095017024118967/',
        },
        note: 'three months as filed',
      },
    ]);
  });

  it('is the year less nine months for the fourth quarter', () => {
    const rows = [
      ...filed(tenQ('2024-04-25'), { '2023-07-01/2024-03-31': 30_604 }),
      ...filed(tenK('2024-07-30'), { '2023-07-01/2024-06-30': 44_477 }),
    ];
    const [quarter] = deriveQuarters(rows, MSFT);
    expect(quarter).toMatchObject({
      period: { label: 'FY2024 Q4', start: '2024-04-01', end: '2024-06-30' },
      value: 13_873_000_000,
      published: '2024-07-30',
      filing: { form: '10-K' },
      note: '44477−30604 (year less nine months)',
    });
    expect(quarter).not.toHaveProperty('restates');
  });

  it('is never a year to date: without the nine months the fourth quarter is missing', () => {
    const rows = [
      ...filed(tenQ('2023-10-24'), { '2023-07-01/2023-09-30': 9_917 }),
      ...filed(tenQ('2024-01-30'), { '2023-07-01/2023-12-31': 19_652 }),
      ...filed(tenK('2024-07-30'), { '2023-07-01/2024-06-30': 44_477 }),
    ];
    expect(derived(rows, MSFT)).toEqual(['FY2024 Q1 9917 2023-10-24', 'FY2024 Q2 9735 2024-01-30']);
  });

  it('is not derived from a balance or an empty list', () => {
    const [{ start: _, ...balance } = { start: '' }] = filed(tenK('2024-07-30'), { '2023-07-01/2024-06-30': 1 });
    expect(deriveQuarters([balance as FiledRow], MSFT)).toEqual([]);
    expect(deriveQuarters([], MSFT)).toEqual([]);
  });

  it('may be negative', () => {
    const rows = [
      ...filed(tenQ('2023-04-27'), { '2023-01-01/2023-03-31': 4_788 }),
      ...filed(tenQ('2023-08-03'), { '2023-01-01/2023-06-30': 4_000 }),
    ];
    expect(derived(rows, AMZN)).toEqual(['2023 Q1 4788 2023-04-27', '2023 Q2 -788 2023-08-03']);
  });
});

describe('a filing of Amazon, with three, six and twelve months under one tag', () => {
  const firstQuarter = filed(tenQ('2023-04-28'), {
    '2023-01-01/2023-03-31': 14_207,
    '2022-01-01/2022-03-31': 14_951,
    '2022-04-01/2023-03-31': 62_901,
    '2021-04-01/2022-03-31': 63_922,
  });
  const secondQuarter = filed(tenQ('2023-08-04'), {
    '2023-04-01/2023-06-30': 11_455,
    '2022-04-01/2022-06-30': 15_724,
    '2023-01-01/2023-06-30': 25_662,
    '2022-01-01/2022-06-30': 30_675,
    '2022-07-01/2023-06-30': 58_632,
    '2021-07-01/2022-06-30': 65_358,
  });

  it('gives the three months once, and nothing from the trailing twelve', () => {
    expect(derived([...firstQuarter, ...secondQuarter], AMZN)).toEqual([
      '2022 Q1 14951 2023-04-28',
      '2022 Q2 15724 2023-08-04',
      '2023 Q1 14207 2023-04-28',
      '2023 Q2 11455 2023-08-04',
    ]);
  });

  it('subtracts the nine months of the fiscal year, never the trailing twelve', () => {
    const nine = filed(tenQ('2023-10-27'), { '2022-10-01/2023-09-30': 54_733, '2023-01-01/2023-09-30': 38_141 });
    const year = filed(tenK('2024-02-02'), { '2023-01-01/2023-12-31': 52_729 });
    expect(derived([...nine, ...year], AMZN)).toEqual(['2023 Q4 14588 2024-02-02']);
  });

  it('gives its three months although the year to date differs by a million', () => {
    const off = filed(tenQ('2023-08-04'), {
      '2023-01-01/2023-03-31': 14_207,
      '2023-04-01/2023-06-30': 11_455,
      '2023-01-01/2023-06-30': 25_663,
    });
    expect(derived(off, AMZN)).toEqual(['2023 Q1 14207 2023-08-04', '2023 Q2 11455 2023-08-04']);
  });
});

describe('a restatement, as of Meta’s capex of 2023', () => {
  const original = [
    ...filed(tenQ('2023-10-26'), { '2023-01-01/2023-09-30': 19_601 }),
    ...filed(tenK('2024-02-02'), { '2023-01-01/2023-12-31': 27_266 }),
  ];
  const nineMonthsAgain = filed(tenQ('2024-10-31'), { '2023-01-01/2023-09-30': 19_453 });
  const yearAgain = filed(tenK('2025-01-30'), { '2023-01-01/2023-12-31': 27_045 });

  it('gives a quarter for each vintage, and never 7,444 from both', () => {
    expect(derived([...original, ...nineMonthsAgain, ...yearAgain], META)).toEqual([
      '2023 Q4 7665 2024-02-02',
      '2023 Q4 7592 2025-01-30',
    ]);
  });

  it('says what it restates', () => {
    const [, restated] = deriveQuarters([...original, ...nineMonthsAgain, ...yearAgain], META);
    expect(restated).toMatchObject({
      restates: '2024-02-02',
      note: '27045−19453 (year less nine months); restates 7665 filed 2024-02-02',
    });
  });

  it.each([
    ['the year alone was restated', [...original, ...yearAgain]],
    ['the nine months alone were', [...original, ...nineMonthsAgain]],
  ])('keeps the first figure where %s', (_, rows) => {
    expect(derived(rows, META)).toEqual(['2023 Q4 7665 2024-02-02']);
  });

  it.each([
    ['the year is only known restated', [...original.slice(0, 1), ...yearAgain]],
    ['the nine months are', [...original.slice(1), ...nineMonthsAgain]],
  ])('gives no quarter where %s', (_, rows) => {
    expect(derived(rows, META)).toEqual([]);
  });

  it('corrects the quarter if an amendment corrects the year at once', () => {
    const amended = filed({ ...tenK('2024-03-01'), form: '10-K/A' }, { '2023-01-01/2023-12-31': 27_300 });
    expect(derived([...original, ...amended], META)).toEqual(['2023 Q4 7665 2024-02-02', '2023 Q4 7699 2024-03-01']);
  });

  it('is in order of publication, whatever the order of the rows', () => {
    const rows = [...original, ...nineMonthsAgain, ...yearAgain];
    expect(derived(rows.toReversed(), META)).toEqual(derived(rows, META));
  });
});

describe('a fiscal year', () => {
  it('of Nvidia ends in January and is named by that January', () => {
    const rows = [
      ...filed(tenQ('2023-05-26'), { '2023-01-30/2023-04-30': 248 }),
      ...filed(tenQ('2023-08-28'), { '2023-01-30/2023-07-30': 537 }),
      ...filed(tenQ('2023-11-21'), { '2023-01-30/2023-10-29': 815 }),
      ...filed(tenK('2024-02-21'), { '2023-01-30/2024-01-28': 1_069 }),
    ];
    expect(deriveQuarters(rows, NVDA).map((it) => [it.period.label, it.period.start, it.value / 1e6])).toEqual([
      ['FY2024 Q1', '2023-01-30', 248],
      ['FY2024 Q2', '2023-05-01', 289],
      ['FY2024 Q3', '2023-07-31', 278],
      ['FY2024 Q4', '2023-10-30', 254],
    ]);
  });

  it('of 53 weeks has a quarter of 14', () => {
    const rows = [
      ...filed(tenQ('2023-02-03'), { '2022-09-25/2022-12-31': 3_787 }),
      ...filed(tenQ('2023-05-05'), { '2022-09-25/2023-04-01': 6_703 }),
      ...filed(tenQ('2023-08-04'), { '2022-09-25/2023-07-01': 8_796 }),
      ...filed(tenK('2023-11-03'), { '2022-09-25/2023-09-30': 10_959 }),
    ];
    expect(deriveQuarters(rows, AAPL).map((it) => [it.period.label, it.period.start, it.value / 1e6])).toEqual([
      ['FY2023 Q1', '2022-09-25', 3_787],
      ['FY2023 Q2', '2023-01-01', 2_916],
      ['FY2023 Q3', '2023-04-02', 2_093],
      ['FY2023 Q4', '2023-07-02', 2_163],
    ]);
  });

  it('does not begin in the middle of a quarter', () => {
    expect(derived(filed(tenQ('2023-08-01'), { '2023-02-15/2023-05-15': 1 }), META)).toEqual([]);
  });
});

describe('one filing that tells a figure twice', () => {
  it('counts once', () => {
    const rows = filed(tenQ('2023-04-27'), { '2023-01-01/2023-03-31': 6_823 });
    expect(derived([...rows, ...rows], META)).toEqual(['2023 Q1 6823 2023-04-27']);
  });

  it('counts with the figure that has more digits', () => {
    const exact = filed(tenQ('2023-04-27'), { '2023-01-01/2023-03-31': 6_823 });
    const rounded = filed(tenQ('2023-04-27'), { '2023-01-01/2023-03-31': 6_800 });
    expect(derived([...rounded, ...exact], META)).toEqual(['2023 Q1 6823 2023-04-27']);
    expect(derived([...exact, ...rounded], META)).toEqual(['2023 Q1 6823 2023-04-27']);
  });
});

it('notes that a figure is known only from the comparative column of a later filing', () => {
  const [quarter] = deriveQuarters(filed(tenQ('2025-01-31'), { '2023-10-01/2023-12-30': 2_392 }), AAPL);
  expect(quarter?.note).toBe('three months as filed; from the comparative column of a later filing');
});

it('takes a quarter that ends on the last day of a tag from that tag alone, and the next from the tag after it', () => {
  const byTag: Readonly<Record<string, readonly FiledRow[]>> = {
    Old: filed(tenQ('2025-04-24'), { '2025-01-01/2025-03-31': 90_234 }),
    New: filed(tenQ('2025-07-24'), { '2025-01-01/2025-03-31': 91_000, '2025-04-01/2025-06-30': 96_428 }),
  };
  const tags = [
    { tag: 'Old', until: '2025-03-31' },
    { tag: 'New', after: '2025-03-31' },
  ];
  const company = { ...AMZN, subject: 'AMZN', name: 'Amazon', figures: {} };
  expect(quartersOf(company, { basis: 'total_revenue', tags }, (tag) => byTag[tag]).map(brief)).toEqual([
    '2025 Q1 90234 2025-04-24',
    '2025 Q2 96428 2025-07-24',
  ]);
});
