import { expect, test } from 'vitest';
import { closedDigest } from '../../src/digest/closed-digest.ts';
import { calendar } from './digests.ts';

test('Thanksgiving says why, and that the next session ends early', () => {
  expect(closedDigest(calendar, '2026-11-26')).toMatchObject({
    of: 'closed',
    reason: 'thanksgiving',
    next: { session: '2026-11-27', earlyClose: Date.parse('2026-11-27T18:00:00Z') },
    late: false,
  });
});

test('a holiday before a weekend leads to the Monday, a weekend is named as one', () => {
  expect(closedDigest(calendar, '2026-04-03')).toMatchObject({
    reason: 'good-friday',
    next: { session: '2026-04-06' },
  });
  expect(closedDigest(calendar, '2024-07-27')).toMatchObject({ reason: 'weekend', next: { session: '2024-07-29' } });
  expect(closedDigest(calendar, '2024-07-27').next).not.toHaveProperty('earlyClose');
});

test('a session is no closed day', () => {
  expect(() => closedDigest(calendar, '2024-07-24')).toThrow(RangeError);
});
