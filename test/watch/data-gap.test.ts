import { describe, expect, it } from 'vitest';
import { DATA_GAP_MS, type DataGapInput, dataGapNotice } from '../../src/watch/data-gap.ts';

const OPEN = 1_000_000_000;
const MINUTE = 60_000;

const quiet: DataGapInput = {
  now: OPEN + 60 * MINUTE,
  from: OPEN,
  heardAt: OPEN + 60 * MINUTE,
  heard: false,
  toldSince: undefined,
  patienceMs: DATA_GAP_MS,
};

describe('a lack of prices', () => {
  it.each<[string, Partial<DataGapInput>, unknown]>([
    [
      'of five minutes is told, from the last price on',
      { heardAt: OPEN + 55 * MINUTE },
      ['no-data', OPEN + 55 * MINUTE],
    ],
    ['of less is not', { heardAt: OPEN + 55 * MINUTE + 1 }, undefined],
    ['is not told twice', { heardAt: OPEN, toldSince: OPEN }, undefined],
    ['is over with a price, and that is told', { heard: true, toldSince: OPEN }, ['data-back', OPEN]],
    ['that was not told ends in silence', { heard: true }, undefined],
    ['is none outside sessions', { heardAt: 0, from: undefined }, undefined],
    ['does not end outside sessions', { heard: true, toldSince: OPEN, from: undefined }, undefined],
    ['counts from the bell, not from the evening before', { now: OPEN + 4 * MINUTE, heardAt: 0 }, undefined],
    ['from the bell on is told', { now: OPEN + 5 * MINUTE, heardAt: 0 }, ['no-data', OPEN]],
    ['waits longer where polls are far between', { heardAt: OPEN + 50 * MINUTE, patienceMs: 15 * MINUTE }, undefined],
  ])('%s', (_name, change, expected) => {
    const told = dataGapNotice({ ...quiet, ...change });
    expect(told && [told.notice, told.since]).toEqual(expected);
  });
});
