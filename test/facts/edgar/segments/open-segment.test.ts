import { expect, test } from 'vitest';
import { type OpenSegment, stillOpen } from '../../../../src/facts/edgar/segments/open-segment.ts';
import { at, factOf } from '../../samples.ts';

const now = at('2024-08-01 12:00');
const open = (change: Partial<OpenSegment> = {}): OpenSegment => ({
  ...{ state: 'held', metric: 'ad_revenue', filed: '2024-08-01' },
  ...change,
});

test('of one report a figure is open for one reason, the first', () => {
  const others = [open({ metric: 'cloud_revenue' }), open({ filed: '2024-04-25' })];
  expect(stillOpen([open(), open({ state: 'underived' }), ...others], [], now)).toEqual([open(), ...others]);
});

test('what the quarter of the report has is not open any more; the quarter before and another metric do not count', () => {
  const told = (end: string, start: string, metric: OpenSegment['metric'] = 'ad_revenue') =>
    factOf({ metric, period: { start, end } });
  const kept = (...facts: readonly ReturnType<typeof factOf>[]) => stillOpen([open()], facts, now).length;
  expect(kept(told('2024-06-30', '2024-04-01'))).toBe(0);
  expect(kept(told('2024-03-31', '2024-01-01'), told('2024-06-30', '2024-04-01', 'cloud_revenue'))).toBe(1);
});
