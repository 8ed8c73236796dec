import { expect, test } from 'vitest';
import { ledgerNews } from '../../src/digest/ledger-news.ts';
import { createLedger } from '../../src/facts/ledger.ts';
import { at, factOf } from '../facts/samples.ts';

const before = at('2024-07-30 16:15');
const asOf = at('2024-07-31 16:15');

/** Whether a figure of this day and time is news between the two digests; `added`: when it came into the ledger. */
const isNews = (published: string, time: string, added?: number): boolean => {
  const fact = factOf({ published, time });
  const addedAt = added === undefined ? {} : { addedAt: new Map([[fact.id, added]]) };
  return ledgerNews(createLedger([fact]), { before, asOf, ...addedAt }).news.length === 1;
};

test('what is published at the instant of a digest is news of the next one', () => {
  expect(isNews('2024-07-30', '16:14')).toBe(false);
  expect(isNews('2024-07-30', '16:15')).toBe(true);
  expect(isNews('2024-07-31', '16:14')).toBe(true);
  expect(isNews('2024-07-31', '16:15')).toBe(false);
});

test('what came into the ledger late is news if it was published at most a week before the last digest', () => {
  expect(isNews('2024-07-23', '16:15', before)).toBe(true);
  expect(isNews('2024-07-23', '16:14', before)).toBe(false);
  expect(isNews('2024-07-23', '16:15', before - 1)).toBe(false);
});
