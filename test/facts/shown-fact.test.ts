import { expect, test } from 'vitest';
import { createLedger } from '../../src/facts/ledger.ts';
import { showFact } from '../../src/facts/shown-fact.ts';
import { factOf } from './samples.ts';

test('a disputed figure is shown with what contradicts it, and without a change on the year', () => {
  const before = factOf({ value: 50, period: { start: '2023-04-01', end: '2023-06-30' }, published: '2023-07-25' });
  const first = factOf({ value: 100 });
  const second = factOf({ value: 80, published: '2024-08-08', disputes: first.id });
  const ledger = createLedger([before, first, second]);
  expect(showFact(ledger, first, '2024-08-07')).toEqual({ fact: first, yoyPercent: 100, stale: false });
  expect(showFact(ledger, second, '2024-08-08')).toEqual({ fact: second, stale: false, disputedBy: [first] });
});
