import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { segmentFacts } from '../../../../src/facts/edgar/segments/segment-facts.ts';
import { type Fact, factId } from '../../../../src/facts/fact.ts';
import { createLedger } from '../../../../src/facts/ledger.ts';
import { sharedOrSkip } from '../../../shared.ts';
import { amounts, report } from '../inline/report.ts';
import { document, factsOf, filer } from './marks.ts';

const CONTRACTS = 'us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax';
const AWS = { 'us-gaap:StatementBusinessSegmentsAxis': 'amzn:AmazonWebServicesSegmentMember' };

/** AWS in a quarter of 2024, as told on a day. */
const aws = (label: string, period: string, value: number, published: string, more: Partial<Fact> = {}): Fact => {
  const [start, end = ''] = period.split('/');
  const plain: Omit<Fact, 'id'> = {
    ...{ subject: 'AMZN', metric: 'cloud_revenue', basis: 'segment_revenue', unit: 'USD_M' },
    ...{ label, period: { ...(start && { start }), end }, value, published },
    source: { title: 'Amazon 10-Q', url: 'https://www.sec.gov/x' },
    ...more,
  };
  return { id: factId(plain), ...plain };
};

// Amazon's 10-Qs of 2024.
const spring = aws('2024 Q1', '2024-01-01/2024-03-31', 25_037, '2024-04-30');
const summer = aws('2024 Q2', '2024-04-01/2024-06-30', 26_281, '2024-08-01');
const autumn = aws('2024 Q3', '2024-07-01/2024-09-30', 27_452, '2024-10-31');
const quarters = [spring, summer, autumn];

const tenK = document('2025-02-07', '10-K', { published: '2025-02-06', time: '18:03' });

const summary = ({ label, value, period, supersedes }: Fact): string =>
  `${label} ${period.start} ${value}${supersedes === undefined ? '' : ' restated'}`;

const read = (symbol: string, text: string, known: readonly Fact[], of = tenK) =>
  segmentFacts(filer(symbol), of, factsOf(text), known);

const year = report(amounts(CONTRACTS, AWS, { '2024-01-01/2024-12-31': '107,556', '2023-01-01/2023-12-31': '90,757' }));

describe('a fourth quarter', () => {
  test('is the year less the three quarters known, says so, and counts from the minute of the filing', () => {
    const { fresh, withoutFourth } = read('AMZN', year, quarters);
    expect(fresh).toEqual([
      {
        id: 'AMZN/cloud_revenue/2024-10-01..2024-12-31/segment_revenue/2025-02-06',
        subject: 'AMZN',
        metric: 'cloud_revenue',
        label: '2024 Q4',
        period: { start: '2024-10-01', end: '2024-12-31' },
        // Amazon's release of 6 February 2025.
        value: 28_786,
        unit: 'USD_M',
        basis: 'segment_revenue',
        published: '2025-02-06',
        time: '18:03',
        source: {
          title: 'Amazon 10-K 0000000001-25-020007',
          url: 'https://www.sec.gov/Archives/edgar/data/1018724/000000000125020007/report.htm',
        },
        note: 'derived: 107556−78770 (year less the three quarters told before)',
      },
    ]);
    expect(withoutFourth).toEqual([]);
  });

  test.each([
    ['the second is not known', [spring, autumn]],
    [
      'the third comes from a tracker',
      [spring, summer, { ...autumn, source: { ...autumn.source, secondary: true as const } }],
    ],
    ['the first is on another basis', [{ ...spring, basis: 'press_report' as const }, summer, autumn]],
    ['the third was told after the filing', [spring, summer, { ...autumn, published: '2025-02-07' }]],
  ])('is not told where %s', (_, known) => {
    const { fresh, withoutFourth } = read('AMZN', year, known);
    expect(fresh).toEqual([]);
    expect(withoutFourth).toEqual([{ metric: 'cloud_revenue', start: '2024-01-01', end: '2024-12-31' }]);
  });

  test('is not told of the year before, which the document has only beside its own', () => {
    const before = [
      aws('2023 Q1', '2023-01-01/2023-03-31', 21_354, '2023-04-27'),
      aws('2023 Q2', '2023-04-01/2023-06-30', 22_140, '2023-08-03'),
      aws('2023 Q3', '2023-07-01/2023-09-30', 23_059, '2023-10-26'),
    ];
    expect(read('AMZN', year, before).fresh).toEqual([]);
  });

  test('never takes the place of one that was told', () => {
    const told = aws('2024 Q4', '2024-10-01/2024-12-31', 28_700, '2025-02-05');
    expect(read('AMZN', year, [...quarters, told])).toMatchObject({ fresh: [], contradicted: [] });
  });

  test('is not told where the year is less than the quarters known', () => {
    const known = [spring, summer, { ...autumn, value: 60_000 }];
    expect(read('AMZN', year, known).fresh).toEqual([]);
  });

  test('is the three months that the document has, where it has them', () => {
    const both = report(
      amounts(CONTRACTS, AWS, { '2024-01-01/2024-12-31': '107,556', '2024-10-01/2024-12-31': '28,786' }),
    );
    const [fresh] = read('AMZN', both, []).fresh;
    expect(fresh).toMatchObject({ label: '2024 Q4', value: 28_786, note: 'three months as filed' });
  });

  test('takes the restated one of two quarters known', () => {
    const restated = { ...spring, value: 25_000, published: '2024-08-01', supersedes: spring.id };
    expect(read('AMZN', year, [...quarters, restated]).fresh.map(summary)).toEqual(['2024 Q4 2024-10-01 28823']);
  });
});

test('a year, half a year and nine months never become a quarter', () => {
  const text = report(
    amounts(CONTRACTS, AWS, {
      '2024-01-01/2024-06-30': '51,318',
      '2024-01-01/2024-09-30': '78,770',
      '2023-10-01/2024-09-30': '102,974',
      '2024-01-01/2024-12-31': '107,556',
    }),
  );
  expect(read('AMZN', text, []).fresh).toEqual([]);
});

test('in the companies’ own annual reports, the years alone give no figure', (context) => {
  for (const [symbol, file] of [
    ['GOOGL', 'googl-10k-2025-02-05'],
    ['AMZN', 'amzn-10k-2025-02-07'],
  ] as const) {
    const path = sharedOrSkip(context, `data/edgar/ixbrl/${file}.htm`);
    expect(read(symbol, readFileSync(path, 'utf8'), []).fresh).toEqual([]);
  }
});

test('Nvidia’s own report of August 2025 gives its quarter and the one a year before, under their fiscal labels', (context) => {
  const path = sharedOrSkip(context, 'data/edgar/ixbrl/nvda-10q-2025-08-27.htm');
  const { fresh } = read('NVDA', readFileSync(path, 'utf8'), [], document('2025-08-27'));
  expect(fresh.map(summary)).toEqual(['FY2025 Q2 2024-04-29 26272', 'FY2026 Q2 2025-04-28 41096']);
  expect(fresh.map(({ note }) => note)).toEqual([
    'three months as filed; from the comparative column of a later filing',
    'three months as filed',
  ]);
});

describe('what is known', () => {
  const text = report(
    amounts(CONTRACTS, AWS, { '2024-07-01/2024-09-30': '27,452', '2023-07-01/2023-09-30': '23,059' }),
  );
  const tenQ = document('2024-11-01', '10-Q');
  const before = aws('2023 Q3', '2023-07-01/2023-09-30', 23_059, '2023-10-26');

  test('is not told again', () => {
    expect(read('AMZN', text, [autumn, before], tenQ).fresh).toEqual([]);
  });

  test('yields to the exact value if it was a rounded one of others, and nothing is restated', () => {
    const rounded = { ...autumn, value: 27_500, source: { ...autumn.source, secondary: true as const } };
    const { fresh } = read('AMZN', text, [rounded, before], tenQ);
    expect(fresh.map(summary)).toEqual(['2024 Q3 2024-07-01 27452']);
    const ledger = createLedger([rounded, before, ...fresh]);
    const at = (asOf: string) => ledger.latest('AMZN', 'cloud_revenue', asOf)?.value;
    // The filing's bound is half past five.
    expect([at('2024-11-01T17:29'), at('2024-11-01T17:30')]).toEqual([27_500, 27_452]);
  });

  test('is restated by another value of a later filing', () => {
    const { fresh } = read('AMZN', text, [autumn, { ...before, value: 23_000 }], tenQ);
    expect(fresh.map(summary)).toEqual(['2023 Q3 2023-07-01 23059 restated']);
    expect(fresh[0]?.supersedes).toBe(before.id);
  });

  test('stays where a filing of the same day has another value', () => {
    const { fresh, contradicted } = read(
      'AMZN',
      text,
      [{ ...autumn, published: '2024-11-01', id: autumn.id.replace('10-31', '11-01'), value: 1 }, before],
      tenQ,
    );
    expect(fresh).toEqual([]);
    expect(contradicted.map(summary)).toEqual(['2024 Q3 2024-07-01 27452']);
  });
});

test('Microsoft’s redrawn year before is a figure of its own, and restates nothing', () => {
  const member = { 'us-gaap:StatementBusinessSegmentsAxis': 'msft:IntelligentCloudMember' };
  const text = report(
    amounts(CONTRACTS, member, { '2024-07-01/2024-09-30': '24,092', '2023-07-01/2023-09-30': '20,013' }),
  );
  const told = {
    ...aws('FY2024 Q1', '2023-07-01/2023-09-30', 24_259, '2023-10-24'),
    subject: 'MSFT',
    basis: 'intelligent_cloud_to_fy24' as const,
  };
  const { fresh } = read('MSFT', text, [told], document('2024-10-30'));
  expect(fresh.map((it) => `${summary(it)} ${it.basis}`)).toEqual([
    'FY2024 Q1 2023-07-01 20013 intelligent_cloud_from_fy25',
    'FY2025 Q1 2024-07-01 24092 intelligent_cloud_from_fy25',
  ]);
});

test('what the document has nowhere, and what cannot be right, is named and gives no figure', () => {
  expect(read('AMZN', report([]), quarters)).toMatchObject({ fresh: [], missing: ['cloud_revenue'] });
  const negative = report(
    amounts(CONTRACTS, AWS, { '2024-10-01/2024-12-31': '1' }).map((it) => ({
      ...it,
      attributes: 'unitRef="usd" scale="6" sign="-" format="ixt:num-dot-decimal"',
    })),
  );
  expect(read('AMZN', negative, quarters)).toMatchObject({
    fresh: [],
    missing: [],
    held: [{ metric: 'cloud_revenue', doubt: 'negative', value: -1_000_000 }],
  });
});
