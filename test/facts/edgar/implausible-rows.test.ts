import { expect, test } from 'vitest';
import type { DerivedQuarter } from '../../../src/facts/edgar/derive.ts';
import { withoutImplausibleQuarters } from '../../../src/facts/edgar/implausible-rows.ts';

const quarter = (end: string, millions: number, published: string): DerivedQuarter => ({
  period: { label: end, start: `${end.slice(0, 4)}-01-01`, end },
  value: millions * 1e6,
  published,
  filing: { accession: published, form: '10-Q', url: 'https://www.sec.gov/' },
  note: '',
});

const held = (...quarters: readonly DerivedQuarter[]) =>
  withoutImplausibleQuarters('capex_cash', quarters, []).held.map(({ row, before }) => [
    row.value / 1e6,
    before?.value,
  ]);

test('a quarter is compared with the year before as it was told by then, and not as it was restated later', () => {
  const spring = [quarter('2024-03-31', 6_400, '2024-04-25'), quarter('2024-03-31', 9_000, '2026-04-28')] as const;
  expect(held(...spring, quarter('2025-03-31', 38_500, '2025-04-30'))).toEqual([[38_500, 6_400e6]]);
  expect(held(...spring, quarter('2025-03-31', 38_500, '2026-04-30'))).toEqual([]);
});

test('without a year before, or with one that is not above zero, nothing is too much', () => {
  expect(held(quarter('2025-03-31', 38_500, '2025-04-30'))).toEqual([]);
  expect(held(quarter('2024-03-31', 0, '2024-04-25'), quarter('2025-03-31', 38_500, '2025-04-30'))).toEqual([]);
  expect(held(quarter('2023-03-31', 1, '2023-04-25'), quarter('2025-03-31', 38_500, '2025-04-30'))).toEqual([]);
});
