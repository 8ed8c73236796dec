import { expect, test } from 'vitest';
import { closedDigest } from '../../src/digest/closed-digest.ts';
import { calendar } from './digests.ts';

test('Thanksgiving gives its reason and the early close of the next session', () => {
  expect(closedDigest(calendar, '2026-11-26')).toMatchObject({
    of: 'closed',
    reason: 'thanksgiving',
    next: { session: '2026-11-27', earlyClose: Date.parse('2026-11-27T18:00:00Z') },
    late: false,
  });
});

test('a holiday before a weekend is followed by Monday, and a weekend has its own reason', () => {
  expect(closedDigest(calendar, '2026-04-03')).toMatchObject({
    reason: 'good-friday',
    next: { session: '2026-04-06' },
  });
  expect(closedDigest(calendar, '2024-07-27')).toMatchObject({ reason: 'weekend', next: { session: '2024-07-29' } });
  expect(closedDigest(calendar, '2024-07-27').next).not.toHaveProperty('earlyClose');
});

test('a session throws', () => {
  expect(() => closedDigest(calendar, '2024-07-24')).toThrow(RangeError);
});
