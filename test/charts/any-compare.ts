import fc from 'fast-check';
import type { CompareChart } from '../../src/stories/chart-spec.ts';
import { seriesFrom } from './specs.ts';

export const SYMBOLS = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'META', 'NVDA', 'TSLA', 'IXIC'];

/** A line of closes from 100 on. */
export const line = (symbol: string, values: readonly number[]): CompareChart['lines'][number] => ({
  symbol,
  values,
  percent: Math.round(((values.at(-1) ?? 100) - 100) * 10) / 10,
});

export const anyCompare: fc.Arbitrary<CompareChart> = fc
  .record({
    first: fc.constantFrom('2019-12-30', '2024-06-18', '2001-01-02'),
    steps: fc.array(fc.array(fc.constantFrom(0.8, 0.97, 1, 1.02, 1.3), { minLength: 8, maxLength: 8 }), {
      minLength: 0,
      maxLength: 300,
    }),
    count: fc.integer({ min: 1, max: 8 }),
    symbol: fc.constantFrom(...SYMBOLS),
  })
  .map(({ first, steps, count, symbol }) => {
    const rows = [Array.from({ length: 8 }, () => 100)];
    for (const step of steps)
      rows.push(step.map((factor, at) => Math.min(Math.max((rows.at(-1)?.[at] ?? 100) * factor, 1), 1e6)));
    return {
      kind: 'compare' as const,
      symbol,
      sessions: seriesFrom(
        first,
        rows.map(() => 1),
      ).map(({ session }) => session),
      lines: SYMBOLS.slice(0, count).map((name, at) =>
        line(
          name,
          rows.map((row) => row[at] ?? 100),
        ),
      ),
    };
  });
