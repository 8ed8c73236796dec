import { expect, test } from 'vitest';
import { sessionScale, sessionTicks } from '../../src/charts/session-axis.ts';
import { seriesFrom } from './specs.ts';

const ticksOf = (first: string, length: number): readonly string[] => {
  const sessions = seriesFrom(
    first,
    Array.from({ length }, () => 1),
  ).map((point) => point.session);
  const x = (index: number): number => 28 + (index / Math.max(length - 1, 1)) * 838;
  return sessionTicks(sessions, x).map((tick) => tick.label);
};

test('a year is marked by months, with the year if it changes', () => {
  expect(ticksOf('2023-07-20', 270)).toEqual(['2023-09', '11', '2024-01', '03', '05', '07']);
});

test('the first month is not marked if the series starts late in it', () => {
  expect(ticksOf('2024-01-02', 70)).toEqual(['2024-01', '02', '03', '04']);
  expect(ticksOf('2024-01-12', 70)).toEqual(['2024-02', '03', '04']);
});

test('several years are marked by years', () => {
  expect(ticksOf('2018-01-02', 1300)).toEqual(['2018', '2019', '2020', '2021', '2022']);
});

test('a few weeks are marked by days, counted back from the last session', () => {
  expect(ticksOf('2024-07-01', 25)).toEqual(['07-01', '07-05', '07-11', '07-17', '07-23', '07-29', '08-02']);
});

test('days show the year if it changes', () => {
  expect(ticksOf('2023-12-28', 4)).toEqual(['12-28', '12-29', '2024-01-01', '01-02']);
});

test('one session is marked by its day, an empty series has no marks', () => {
  expect(ticksOf('2024-07-30', 1)).toEqual(['07-30']);
  expect(ticksOf('2024-07-30', 0)).toEqual([]);
});

test('sessions spread over the pane from its left to its right end, and a single one is at the right', () => {
  const places = (count: number): readonly number[] =>
    Array.from({ length: count }, (_, index) => sessionScale(count, { left: 28, right: 866 })(index));
  expect(places(3)).toEqual([28, 447, 866]);
  expect(places(1)).toEqual([866]);
});
