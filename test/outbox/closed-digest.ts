import type { ClosedDigest } from '../../src/stories/digest-story.ts';

/** The digest of a day on which the exchange is closed. */
export const closedDigest: ClosedDigest = {
  kind: 'digest',
  symbol: '*',
  of: 'closed',
  day: '2025-02-17',
  reason: 'presidents-day',
  next: { session: '2025-02-18' },
  late: false,
};
