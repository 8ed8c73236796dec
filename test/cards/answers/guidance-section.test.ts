import { expect, test } from 'vitest';
import { guidanceSection } from '../../../src/cards/answers/guidance-section.ts';
import type { Fact } from '../../../src/facts/fact.ts';
import { createLedger } from '../../../src/facts/ledger.ts';
import { companies, factOf } from '../../facts/samples.ts';
import { catalogue } from '../stories.ts';

/** Microsoft's guidance for its fiscal 2025, in billions of USD, given on a day. */
const guided = (published: string, low: number, high: number): Fact => {
  const { value: _, ...fact } = factOf({
    metric: 'capex_guidance',
    label: 'FY2025',
    period: { start: '2024-07-01', end: '2025-06-30' },
    low: low * 1000,
    high: high * 1000,
    published,
  });
  return fact;
};

/** The texts of the section at the end of 2024. */
const textsOf = (...facts: readonly Fact[]): string[] => {
  const words = catalogue.in('en');
  const view = { words, ledger: createLedger(facts), companies, asOf: '2024-12-31' };
  return guidanceSection(view, 'MSFT').rows.map(({ text }) => text);
};

test('of a guidance that was changed often, the newest six steps are listed', () => {
  const months = ['05', '06', '07', '08', '09', '10', '11'];
  const texts = textsOf(...months.map((month, place) => guided(`2024-${month}-15`, 30 + place, 40 + place)));
  expect(texts).toHaveLength(6);
  expect(texts[0]).toContain('$36–46B');
  expect(texts[5]).toContain('$31–41B');
});

test.each([
  [25_000, '$25.0B of it spent by 30 Sep 2024, $5–15B to go'],
  [35_000, '$35.0B of it spent by 30 Sep 2024, at most $5.00B to go'],
  [45_000, '$45.0B spent by 30 Sep 2024, already above it'],
])('of $30–40B, %d million are spent', (value, said) => {
  const period = { start: '2024-07-01', end: '2024-09-30' };
  const spent = factOf({ label: 'FY2025 Q1', period, value, published: '2024-10-30' });
  const [progress] = textsOf(guided('2024-07-30', 30, 40), spent);
  expect(progress?.replace(/\s/g, ' ')).toBe(said);
});
