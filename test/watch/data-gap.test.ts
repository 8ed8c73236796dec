import { describe, expect, it } from 'vitest';
import { DATA_GAP_MS, type DataGapInput, dataGapNotice } from '../../src/watch/data-gap.ts';

const OPEN = 1_000_000_000;
const MINUTE = 60_000;

const quiet: DataGapInput = {
  now: OPEN + 60 * MINUTE,
  expectedFrom: OPEN,
  usableAt: OPEN + 60 * MINUTE,
  isUsable: false,
  announcedSince: undefined,
  patienceMs: DATA_GAP_MS,
};

describe('a data gap', () => {
  it.each<[string, Partial<DataGapInput>, unknown]>([
    [
      'of five minutes since the last price is announced',
      { usableAt: OPEN + 55 * MINUTE },
      ['no-data', OPEN + 55 * MINUTE],
    ],
    ['of less is not announced', { usableAt: OPEN + 55 * MINUTE + 1 }, undefined],
    ['is not announced twice', { usableAt: OPEN, announcedSince: OPEN }, undefined],
    [
      'that was announced ends with a price, which is announced, too',
      { isUsable: true, announcedSince: OPEN },
      ['data-back', OPEN],
    ],
    ['that was not announced ends without a notice', { isUsable: true }, undefined],
    ['is not announced outside sessions', { usableAt: 0, expectedFrom: undefined }, undefined],
    ['does not end outside sessions', { isUsable: true, announcedSince: OPEN, expectedFrom: undefined }, undefined],
    [
      'is measured from the opening bell, not from the evening before',
      { now: OPEN + 4 * MINUTE, usableAt: 0 },
      undefined,
    ],
    ['of five minutes since the opening bell is announced', { now: OPEN + 5 * MINUTE, usableAt: 0 }, ['no-data', OPEN]],
    ['has to be longer if polls are rare', { usableAt: OPEN + 50 * MINUTE, patienceMs: 15 * MINUTE }, undefined],
  ])('%s', (_name, change, expected) => {
    const notice = dataGapNotice({ ...quiet, ...change });
    expect(notice && [notice.notice, notice.since]).toEqual(expected);
  });
});
