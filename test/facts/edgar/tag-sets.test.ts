import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { loadCompanies } from '../../../src/facts/companies.ts';
import { quartersOf } from '../../../src/facts/edgar/derive.ts';
import type { FiledRow } from '../../../src/facts/edgar/filed-row.ts';
import type { FiledMetric } from '../../../src/facts/edgar/filer.ts';
import { addDays } from '../../../src/util/day.ts';
import { root } from '../../../src/util/read-config.ts';

const { filers } = loadCompanies(join(root, 'config/companies.yaml'));

interface FiscalYear {
  readonly start: string;
  readonly ends: readonly [string, string, string, string];
}

const CALENDAR = (year: number): FiscalYear => ({
  start: `${year}-01-01`,
  ends: [`${year}-03-31`, `${year}-06-30`, `${year}-09-30`, `${year}-12-31`],
});
const APPLE_2024: FiscalYear = {
  start: '2023-10-01',
  ends: ['2023-12-30', '2024-03-30', '2024-06-29', '2024-09-28'],
};
const MICROSOFT_2024: FiscalYear = {
  start: '2023-07-01',
  ends: ['2023-09-30', '2023-12-31', '2024-03-31', '2024-06-30'],
};
const NVIDIA_2025: FiscalYear = {
  start: '2024-01-29',
  ends: ['2024-04-28', '2024-07-28', '2024-10-27', '2025-01-26'],
};

/** What the cash flow and income statements of a year's four reports say, year to date, in millions: 10-Qs and the 10-K. */
const YEARS: readonly (readonly [
  symbol: string,
  metric: FiledMetric,
  year: FiscalYear,
  toDate: readonly [number, number, number, number],
  quarters: readonly [number, number, number, number],
])[] = [
  ['AAPL', 'capex_cash', APPLE_2024, [2_392, 4_388, 6_539, 9_447], [2_392, 1_996, 2_151, 2_908]],
  ['MSFT', 'capex_cash', MICROSOFT_2024, [9_917, 19_652, 30_604, 44_477], [9_917, 9_735, 10_952, 13_873]],
  ['GOOGL', 'capex_cash', CALENDAR(2024), [12_012, 25_198, 38_259, 52_535], [12_012, 13_186, 13_061, 14_276]],
  ['GOOGL', 'revenue', CALENDAR(2024), [80_539, 165_281, 253_549, 350_018], [80_539, 84_742, 88_268, 96_469]],
  ['AMZN', 'capex_cash', CALENDAR(2024), [14_925, 32_545, 55_165, 82_999], [14_925, 17_620, 22_620, 27_834]],
  ['AMZN', 'operating_cash_flow', CALENDAR(2024), [18_989, 44_270, 70_241, 115_877], [18_989, 25_281, 25_971, 45_636]],
  ['META', 'capex_cash', CALENDAR(2024), [6_400, 14_573, 22_831, 37_256], [6_400, 8_173, 8_258, 14_425]],
  ['META', 'finance_lease_principal', CALENDAR(2024), [315, 614, 1_558, 1_969], [315, 299, 944, 411]],
  ['NVDA', 'capex_cash', NVIDIA_2025, [369, 1_346, 2_159, 3_236], [369, 977, 813, 1_077]],
  ['TSLA', 'capex_cash', CALENDAR(2024), [2_773, 5_043, 8_556, 11_339], [2_773, 2_270, 3_513, 2_783]],
  ['TSLA', 'operating_cash_flow', CALENDAR(2024), [242, 3_854, 10_109, 14_923], [242, 3_612, 6_255, 4_814]],
];

const FORMS = ['10-Q', '10-Q', '10-Q', '10-K'] as const;

const report = (place: number, end: string) => ({
  ...{ accession: `0000000000-${end.slice(2, 4)}-00000${place}`, form: FORMS[place] ?? '', filed: addDays(end, 28) },
});

const dollars = (millions: number): number => millions * 1e6;

it.each(YEARS)('the tags of %s give its quarters of %s', (symbol, metric, { start, ends }, toDate, quarters) => {
  const company = filers.find(({ subject }) => subject === symbol);
  const figure = company?.figures[metric];
  if (!company || !figure) throw new Error(`no ${metric} of ${symbol}`);
  const rows = ends.flatMap((end, place): FiledRow[] => [
    { start, end, value: dollars(toDate[place] ?? 0), ...report(place, end) },
    // Amazon files trailing twelve months under the same tags.
    ...(symbol === 'AMZN' && place < 3
      ? [{ start: addDays(end, -364), end, value: dollars(99_999), ...report(place, end) }]
      : []),
  ]);
  const valid = figure.tags.filter(({ after = '', until = '9999' }) => ends[0] > after && ends[3] <= until);
  expect(valid).toHaveLength(1);
  const derived = quartersOf(company, figure, (tag) => (tag === valid[0]?.tag ? rows : undefined));
  expect(derived.map(({ period, value }) => [period.end, value / 1e6])).toEqual(
    ends.map((end, place) => [end, quarters[place]]),
  );
});

test('Alphabet’s half-year of 2025 is under another tag than its first quarter', () => {
  const company = filers.find(({ subject }) => subject === 'GOOGL');
  const figure = company?.figures.revenue;
  if (!company || !figure) throw new Error('no revenue');
  const { start, ends } = CALENDAR(2025);
  const row = (place: number, millions: number): FiledRow => {
    const end = ends[place] ?? '';
    return { start, end, value: dollars(millions), ...report(place, end) };
  };
  const contracts = [row(0, 90_234), row(1, 1)];
  const revenues = [row(0, 2), row(1, 186_662), row(2, 289_008)];
  const derived = quartersOf(company, figure, (tag) => (tag === 'Revenues' ? revenues : contracts));
  // Alphabet told 90,234, 96,428 and 102,346.
  expect(derived.map(({ value }) => value / 1e6)).toEqual([90_234, 96_428, 102_346]);
});

test('all seven have capex, cash flow and revenue among their tags', () => {
  expect(filers.map(({ subject }) => subject).toSorted()).toEqual([
    'AAPL',
    'AMZN',
    'GOOGL',
    'META',
    'MSFT',
    'NVDA',
    'TSLA',
  ]);
  for (const { figures } of filers)
    expect(Object.keys(figures)).toEqual(expect.arrayContaining(['capex_cash', 'operating_cash_flow', 'revenue']));
});
