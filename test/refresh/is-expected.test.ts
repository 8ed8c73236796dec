import { describe, expect, test } from 'vitest';
import { isExpected } from '../../src/refresh/is-expected.ts';
import { at } from '../facts/samples.ts';

const summer = { metric: 'capex_cash', period: { start: '2024-04-01', end: '2024-06-30' } } as const;
const LONG_AFTER = at('2024-08-30 12:00');
/** A report of another year. */
const OTHER = '2023-08-01';

describe('a figure that comes late is news', () => {
  test('if the results of its quarter were noted as out, and not those of another', () => {
    const released = (day: string) => [{ state: 'released', at: at(`${day} 16:21`) }] as const;
    expect(isExpected(summer, released('2024-07-31'), OTHER, LONG_AFTER)).toBe(true);
    expect(isExpected(summer, released('2024-10-30'), OTHER, LONG_AFTER)).toBe(false);
    expect(isExpected(summer, released('2024-04-24'), OTHER, LONG_AFTER)).toBe(false);
  });

  test('if it was awaited itself, and not another', () => {
    const awaited = (metric: 'capex_cash' | 'revenue') => [{ state: 'awaited', metric, filed: '2024-08-01' }] as const;
    expect(isExpected(summer, awaited('capex_cash'), OTHER, LONG_AFTER)).toBe(true);
    expect(isExpected(summer, awaited('revenue'), OTHER, LONG_AFTER)).toBe(false);
  });

  test('if the report on its quarter was filed in the last four days', () => {
    expect(isExpected(summer, [], '2024-08-28', at('2024-09-01 15:59'))).toBe(true);
    expect(isExpected(summer, [], '2024-08-28', at('2024-09-01 16:01'))).toBe(false);
    expect(isExpected(summer, [], '2024-10-30', at('2024-10-30 17:00'))).toBe(false);
  });
});
