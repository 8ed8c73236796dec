import { describe, expect, test } from 'vitest';
import type { Fact } from '../../../src/facts/fact.ts';
import { type GuidanceRead, readGuidance } from '../../../src/facts/proposals/read-guidance.ts';
import { document, filer, textOf } from '../edgar/segments/marks.ts';

/** The texts are written for the tests, in the manner of each company's documents; the figures are theirs. */
const read = (
  symbol: string,
  published: string,
  paragraphs: readonly string[],
  known: readonly Fact[] = [],
  form = '10-Q',
): GuidanceRead => readGuidance(filer(symbol), document(published, form), paragraphs, known);

const lines = ({ proposals }: GuidanceRead): string[] =>
  proposals.map(
    ({ fact: { metric, label, low, high, basis } }) => `${metric} ${label} ${low ?? ''}..${high ?? ''} ${basis}`,
  );

const whys = ({ unread }: GuidanceRead): string[] => unread.map(({ why }) => why);

/** A quarter of Nvidia's, by its label and days. */
const quarter = (label: string, start: string, end: string): Fact => ({
  ...{ id: label, subject: 'NVDA', metric: 'revenue', label, period: { start, end }, value: 1 },
  ...{ unit: 'USD_M', basis: 'total_revenue', published: end, source: { title: 'x', url: 'https://www.sec.gov/x' } },
});
const nvidia = [quarter('FY2026 Q1', '2025-01-27', '2025-04-27'), quarter('FY2026 Q2', '2025-04-28', '2025-07-27')];

describe('Meta’s capex', () => {
  const META = 'capex_guidance CY2025';

  test('is a range for a year; what was said before is not taken', () => {
    const sentence =
      'For the full year 2025 we now anticipate that capital expenditures, including principal payments on finance leases, will be in the range of $66-72 billion, narrowed from our prior outlook of $64-72 billion.';
    const found = read('META', '2025-07-30', ['Outlook.', `We plan ahead. ${sentence} Thank you.`]);
    expect(lines(found)).toEqual([`${META} 66000..72000 incl_finance_lease_principal`]);
    expect(found.proposals[0]).toEqual({
      sentence,
      fact: {
        id: 'META/capex_guidance/2025-01-01..2025-12-31/incl_finance_lease_principal/2025-07-30',
        subject: 'META',
        metric: 'capex_guidance',
        label: 'CY2025',
        period: { start: '2025-01-01', end: '2025-12-31' },
        low: 66_000,
        high: 72_000,
        unit: 'USD_M',
        basis: 'incl_finance_lease_principal',
        published: '2025-07-30',
        knownBy: '17:30',
        source: {
          title: 'Meta 10-Q 0000000001-25-070030',
          url: 'https://www.sec.gov/Archives/edgar/data/1326801/000000000125070030/report.htm',
        },
      },
    });
    expect(found.unread).toEqual([]);
  });

  test.each([
    [
      'the year stands before',
      'Our outlook for 2025 capital expenditures is $60 billion to $65 billion.',
      '60000..65000',
    ],
    [
      'the year stands behind',
      'We expect capital expenditures of between $60 billion and $65 billion in 2025.',
      '60000..65000',
    ],
    [
      'the amount stands before',
      'We expect to invest approximately $65 billion in capital expenditures in 2025.',
      '65000..65000',
    ],
    ['it is a floor', 'Capital expenditures are expected to be more than $60 billion in 2025.', '60000..'],
    [
      'the old range is higher',
      'We anticipate 2025 capital expenditures of $60-65 billion, lowered from $66-72 billion.',
      '60000..65000',
    ],
    [
      'other amounts stand before',
      'We expect 2025 expenses of $95-96 billion, and capital expenditures of $60-65 billion.',
      '60000..65000',
    ],
  ])('is found where %s', (_, sentence, range) => {
    expect(lines(read('META', '2025-01-29', [sentence]))).toEqual([`${META} ${range} incl_finance_lease_principal`]);
  });

  test('takes its year from the sentence before, and from no further than two', () => {
    const amount = 'Capital expenditures are expected to be in the range of $60-65 billion.';
    expect(lines(read('META', '2025-01-29', ['Outlook for the full year 2025:', amount]))).toEqual([
      `${META} 60000..65000 incl_finance_lease_principal`,
    ]);
    const far = read('META', '2025-01-29', ['Outlook for the full year 2025:', 'One.', 'Two.', amount]);
    expect(far.proposals).toEqual([]);
    expect(whys(far)).toEqual(['no period']);
  });

  test.each([
    ['an amount of a change', 'We expect 2025 capital expenditures to increase by $30 billion.', 'no range'],
    ['what is denied', 'We do not expect capital expenditures to exceed $60 billion in 2025.', 'no range'],
    ['an amount without a unit', 'We expect capital expenditures in 2025 of $60 to $65.', 'no range'],
    [
      'only the range before',
      'We expect capital expenditures in 2025 above our prior outlook of $60-65 billion.',
      'no range',
    ],
    ['no year', 'We expect capital expenditures of $60-65 billion.', 'no period'],
    ['a year that is over', 'We had expected 2024 capital expenditures of $38-40 billion.', 'no period'],
    ['a year far ahead', 'We expect capital expenditures of $600 billion through 2029.', 'no period'],
  ])('is not read from %s, which is named', (_, sentence, why) => {
    const found = read('META', '2025-01-29', [sentence]);
    expect(found.proposals).toEqual([]);
    expect(found.unread).toEqual([{ metric: 'capex_guidance', sentence, why }]);
  });

  test.each([
    'Capital expenditures, including principal payments on finance leases, were $17.01 billion for the second quarter of 2025.',
    'We expect to make significant capital expenditures in 2025.',
    'We expect revenue in 2025 of $47.5-50.5 billion.',
    '',
  ])('is not in %j, and nothing is said of it', (sentence) => {
    expect(read('META', '2025-07-30', [sentence])).toEqual({ proposals: [], unread: [] });
  });
});

describe('Nvidia’s revenue', () => {
  test('is a middle with a margin, for the quarter that the list of its outlook names', () => {
    const found = read(
      'NVDA',
      '2025-08-27',
      [
        'Revenue for the second quarter of fiscal 2026 was $46.7 billion.',
        'The company’s outlook for the third quarter of fiscal 2026 follows:',
        'Revenue is expected to be $54.0 billion, plus or minus 2%. No shipments of one product are assumed.',
        'Operating expenses are expected to be approximately $5.9 billion.',
      ],
      nvidia,
      '8-K',
    );
    expect(lines(found)).toEqual(['revenue_guidance FY2026 Q3 52920..55080 total_revenue']);
    // Nvidia's third quarter: the thirteen weeks after the second.
    expect(found.proposals[0]?.fact.period).toEqual({ start: '2025-07-28', end: '2025-10-26' });
  });

  test('takes the days of a period that the ledger has', () => {
    const known = [...nvidia, quarter('FY2026 Q3', '2025-07-28', '2025-11-02')];
    const found = read(
      'NVDA',
      '2025-08-27',
      ['We expect third quarter fiscal 2026 revenue of $54 billion, plus or minus 2%.'],
      known,
    );
    expect(found.proposals[0]?.fact.period).toEqual({ start: '2025-07-28', end: '2025-11-02' });
  });

  test('is not told for a quarter whose days nobody knows, or that is over', () => {
    const text = (quarter: string) => [`We expect ${quarter} fiscal 2026 revenue of $54 billion, plus or minus 2%.`];
    expect(whys(read('NVDA', '2025-08-27', text('fourth quarter'), nvidia))).toEqual(['period not known']);
    expect(whys(read('NVDA', '2025-08-27', text('second quarter'), nvidia))).toEqual(['no period']);
  });

  test('of one market is not the company’s', () => {
    const text = [
      'Outlook for the third quarter of fiscal 2026:',
      'Data Center revenue is expected to be $48 billion.',
    ];
    expect(read('NVDA', '2025-08-27', text, nvidia)).toEqual({ proposals: [], unread: [] });
  });
});

test('Amazon’s sales are a range for the quarter that the heading names', () => {
  const text = [
    'Third Quarter 2026 Guidance',
    'Net sales are expected to be between $197.0 billion and $202.0 billion, or to grow between 9% and 12% compared with third quarter 2025.',
  ];
  expect(lines(read('AMZN', '2026-07-30', text))).toEqual(['revenue_guidance 2026 Q3 197000..202000 total_revenue']);
});

describe('Tesla’s capex', () => {
  test('is a floor for one year; for the years after it names none', () => {
    const text = [
      'We currently expect our capital expenditures to exceed $10.00 billion in 2024 and be between $8.00 to $10.00 billion in each of the following two fiscal years.',
    ];
    expect(lines(read('TSLA', '2024-07-24', text))).toEqual(['capex_guidance CY2024 10000.. company_capex']);
  });

  test('is one proposal a year where it names two', () => {
    const text = ['We expect capital expenditures of more than $20 billion in 2026 and more than $25 billion in 2027.'];
    expect(lines(read('TSLA', '2026-01-29', text))).toEqual([
      'capex_guidance CY2026 20000.. company_capex',
      'capex_guidance CY2027 25000.. company_capex',
    ]);
  });
});

test('Alphabet’s capex is read where it is written', () => {
  const text = [
    'Given demand in the U.S. Cloud business, we now expect to spend about $85 billion on capital expenditures in 2025.',
  ];
  const found = read('GOOGL', '2025-07-23', text);
  expect(lines(found)).toEqual(['capex_guidance CY2025 85000..85000 cash_ppe']);
  // The stops of an abbreviation end no sentence.
  expect(found.proposals[0]?.sentence).toBe(text[0]);
});

test('a company whose entry names no guidance has none', () => {
  expect(read('AAPL', '2025-01-30', ['We expect capital expenditures of $10 billion in 2025.'])).toEqual({
    proposals: [],
    unread: [],
  });
});

test('layouts do not matter: a list, a table, spans in the middle of an amount', () => {
  const layouts = [
    '<html><body><ul><li>CFO outlook for 2025</li><li>Capital expenditures are expected to be <b>$66</b>&#8211;<b>72 billion</b>.</li></ul></body></html>',
    '<HTML><BODY><TABLE><TR><TD>Full year 2025<TD>Capital expenditures are expected to be $66-72&nbsp;billion.</TABLE></BODY></HTML>',
    '<html><body><p>In 2025, we <span>anticipate</span> <span>capital</span>\n<span>expenditures</span> of $66 billion to $72 billion.</p></body></html>',
  ];
  for (const layout of layouts)
    expect(lines(read('META', '2025-07-30', textOf(layout).paragraphs))).toEqual([
      'capex_guidance CY2025 66000..72000 incl_finance_lease_principal',
    ]);
});
