import type { Calendar, SessionDate } from '../market/calendar.ts';
import type { ClosedDigest } from '../stories/digest-story.ts';

/** The digest of a day without a session: why, and the next session. Throws RangeError for a session. */
export const closedDigest = (calendar: Calendar, day: SessionDate, late = false): ClosedDigest => {
  if (calendar.isSession(day)) throw new RangeError(`Expected a day on which the exchange is closed, got ${day}`);
  const session = calendar.next(day);
  const hours = calendar.hours(session);
  return {
    kind: 'digest',
    symbol: '*',
    of: 'closed',
    day,
    reason: calendar.closedFor(day) ?? 'weekend',
    next: { session, ...(hours?.early && { earlyClose: hours.close }) },
    late,
  };
};
