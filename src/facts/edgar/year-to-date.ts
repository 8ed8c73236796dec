import { addDays } from '../../util/day.ts';
import { isQuarter } from '../period.ts';
import { type Candidate, inMillions, isComparative } from './candidate.ts';
import type { FlowRow } from './filed-row.ts';

const DIFFERENCE_NOTES = {
  2: 'half-year less first quarter',
  3: 'nine months less half-year',
  4: 'year less nine months',
} as const;

/**
 * A quarter's values as differences of two year-to-date lists of one fiscal year, each in filing order, `longer` covering
 * one quarter more than `shorter`.
 *
 * Both sides of a difference must be of one vintage. Companies restate a year's figures in the next year's filings, the
 * nine months before the full year. So a figure first seen as a comparative is only compared with a comparative, and a
 * restated longer figure waits for a restated shorter one. Meta's capex of 2023 was 27,266, and 19,601 after nine months;
 * a year later 27,045 and 19,453. The quarter was 7,665, then 7,592, and never 7,444.
 */
export const differences = (
  quarter: 2 | 3 | 4,
  longer: readonly FlowRow[],
  shorter: readonly FlowRow[],
): Candidate[] => {
  const found: Candidate[] = [];
  let used: { readonly long: number; readonly short: number } | undefined;
  for (const long of longer) {
    const short = shorter.findLast(({ filed }) => filed <= long.filed);
    if (!short) continue;
    const period = { start: addDays(short.end, 1), end: long.end };
    if (!isQuarter(period)) continue;
    if (used === undefined) {
      if (isComparative(long) && !isComparative(short)) continue;
    } else if (short.value === used.short && (long.value === used.long || isComparative(long))) continue;
    used = { long: long.value, short: short.value };
    found.push({
      period,
      value: long.value - short.value,
      row: long,
      note: `${inMillions(long.value)}−${inMillions(short.value)} (${DIFFERENCE_NOTES[quarter]})`,
      direct: false,
    });
  }
  return found;
};
