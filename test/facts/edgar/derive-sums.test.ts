import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DerivedQuarter, deriveQuarters } from '../../../src/facts/edgar/derive.ts';
import type { FiledRow } from '../../../src/facts/edgar/filed-row.ts';
import { filed, tenK, tenQ } from './rows.ts';

const ENDS: readonly string[] = ['2023-03-31', '2023-06-30', '2023-09-30', '2023-12-31'];
const STARTS = ['2023-01-01', '2023-04-01', '2023-07-01', '2023-10-01'] as const;
const ORIGINAL = [tenQ('2023-04-27'), tenQ('2023-07-27'), tenQ('2023-10-26'), tenK('2024-02-02')] as const;
const COMPARATIVE = [tenQ('2024-04-25'), tenQ('2024-08-01'), tenQ('2024-10-31'), tenK('2025-01-30')] as const;

/** The four filings of one vintage of a year: years to date, and optionally three months (never of Q4). */
const vintage = (filings: typeof ORIGINAL, quarters: readonly number[], direct: readonly boolean[]): FiledRow[] => {
  let total = 0;
  return filings.flatMap((filing, place) => {
    const value = quarters[place] ?? 0;
    total += value;
    const threeMonths = place < 3 && direct[place] ? { [`${STARTS[place]}/${ENDS[place]}`]: value } : {};
    return filed(filing, { ...threeMonths, [`${STARTS[0]}/${ENDS[place]}`]: total });
  });
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The value in force of each quarter on a day. */
const asOf = (quarters: readonly DerivedQuarter[], day: string): number[] =>
  ENDS.flatMap((end) => {
    const latest = quarters.filter(({ period, published }) => period.end === end && published <= day).at(-1);
    return latest ? [latest.value / 1_000_000] : [];
  });

const fourQuarters = fc.array(fc.integer({ min: -5_000, max: 50_000 }), { minLength: 4, maxLength: 4 });
const flags = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });

it('four derived quarters add up to the year of their vintage, in whatever order the rows come', () => {
  fc.assert(
    fc.property(fourQuarters, fourQuarters, flags, fc.integer(), (first, restated, direct, seed) => {
      const rows = [...vintage(ORIGINAL, first, direct), ...vintage(COMPARATIVE, restated, direct)];
      const shuffled = rows.toSorted((a, b) => ((a.value ^ seed) % 7) - ((b.value ^ seed) % 7));
      const quarters = deriveQuarters(shuffled, { cik: 1, yearEnd: 12 });
      expect(asOf(quarters, '2024-02-02')).toEqual(first);
      // A changed quarter with an unchanged year to date would be an undetectable restatement.
      fc.pre(restated.every((_, place) => sum(first.slice(0, place + 1)) !== sum(restated.slice(0, place + 1))));
      expect(sum(asOf(quarters, '2025-01-30'))).toBe(sum(restated));
    }),
  );
});

it('every derived quarter is a true one, whatever filings are missing', () => {
  fc.assert(
    fc.property(fourQuarters, fourQuarters, flags, fc.infiniteStream(fc.boolean()), (first, restated, direct, keep) => {
      const all = [...vintage(ORIGINAL, first, direct), ...vintage(COMPARATIVE, restated, direct)];
      const rows = all.filter(() => keep.next().value);
      for (const { period, value } of deriveQuarters(rows, { cik: 1, yearEnd: 12 })) {
        const place = ENDS.indexOf(period.end);
        expect([first[place], restated[place]]).toContain(value / 1_000_000);
      }
    }),
  );
});
