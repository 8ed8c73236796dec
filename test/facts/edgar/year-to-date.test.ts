import { expect, test } from 'vitest';
import { differences } from '../../../src/facts/edgar/year-to-date.ts';

const rowOf = (end: string, value: number, filed: string) => ({
  ...{ start: '2024-01-01', end, value: value * 1_000_000, accession: filed, form: '10-Q', filed },
});

test('a half-year is compared with a first quarter filed by the same day, and never with a later one', () => {
  const half = rowOf('2024-06-30', 300, '2024-07-30');
  const quarterFiled = (filed: string) => rowOf('2024-03-31', 100, filed);
  expect(differences(2, [half], [quarterFiled('2024-07-30')]).map(({ value }) => value)).toEqual([200_000_000]);
  expect(differences(2, [half], [quarterFiled('2024-07-31')])).toEqual([]);
});
