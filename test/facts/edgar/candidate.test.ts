import { expect, test } from 'vitest';
import { type Candidate, isComparative, successiveValues } from '../../../src/facts/edgar/candidate.ts';

const rowOf = (filed: string, end = '2024-06-30') => ({
  ...{ start: '2024-04-01', end, value: 0, form: '10-Q', filed },
  accession: filed,
});

const candidate = (filed: string, value: number, direct: boolean): Candidate => ({
  ...{ period: { start: '2024-04-01', end: '2024-06-30' }, value, row: rowOf(filed), note: '', direct },
});

const valuesOf = (...candidates: readonly Candidate[]): number[] =>
  successiveValues(candidates).map(({ value }) => value);

test('a direct figure and a difference of rounded ones are equal up to a million and a half', () => {
  const first = candidate('2024-07-30', 100_000_000, true);
  expect(valuesOf(first, candidate('2025-07-30', 101_500_000, false))).toEqual([100_000_000]);
  expect(valuesOf(first, candidate('2025-07-30', 102_000_000, false))).toEqual([100_000_000, 102_000_000]);
  expect(valuesOf(first, candidate('2025-07-30', 100_000_001, true))).toEqual([100_000_000, 100_000_001]);
});

test('a figure filed more than 200 days after its period is a comparative', () => {
  // 2024-06-30 and 200 days are 2025-01-16.
  expect([isComparative(rowOf('2025-01-16')), isComparative(rowOf('2025-01-17'))]).toEqual([false, true]);
});
