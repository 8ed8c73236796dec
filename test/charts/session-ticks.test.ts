import { expect, test } from 'vitest';
import { sessionTicks } from '../../src/charts/session-ticks.ts';
import { seriesFrom } from './specs.ts';

const ticksOf = (first: string, length: number): readonly string[] => {
  const sessions = seriesFrom(
    first,
    Array.from({ length }, () => 1),
  ).map((point) => point.session);
  const x = (index: number): number => 28 + (index / Math.max(length - 1, 1)) * 838;
  return sessionTicks(sessions, x).map((tick) => tick.label);
};

test('a year is marked by months, with the year where it changes', () => {
  expect(ticksOf('2023-07-20', 270)).toEqual(['2023-09', '11', '2024-01', '03', '05', '07']);
});

test('a month that the series enters late is not marked', () => {
  expect(ticksOf('2024-01-02', 70)).toEqual(['2024-01', '02', '03', '04']);
  expect(ticksOf('2024-01-12', 70)).toEqual(['2024-02', '03', '04']);
});

test('several years are marked by years alone', () => {
  expect(ticksOf('2018-01-02', 1300)).toEqual(['2018', '2019', '2020', '2021', '2022']);
});

test('a few weeks are marked by days, back from the last session', () => {
  expect(ticksOf('2024-07-01', 25)).toEqual(['07-01', '07-05', '07-11', '07-17', '07-23', '07-29', '08-02']);
});

test('days carry the year where it changes', () => {
  expect(ticksOf('2023-12-28', 4)).toEqual(['12-28', '12-29', '2024-01-01', '01-02']);
});

test('one session is marked by its day, none by nothing', () => {
  expect(ticksOf('2024-07-30', 1)).toEqual(['07-30']);
  expect(ticksOf('2024-07-30', 0)).toEqual([]);
});
