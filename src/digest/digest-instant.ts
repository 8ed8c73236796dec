import { type Calendar, FINAL_AFTER_MINUTES, type SessionDate } from '../market/calendar.ts';

/**
 * When the digest of a session is due where nobody has chosen another time, epoch milliseconds. Throws RangeError for a
 * day without a session.
 */
export const digestInstant = (calendar: Calendar, session: SessionDate): number => {
  const hours = calendar.hours(session);
  if (!hours) throw new RangeError(`Expected a session, got ${session}`);
  return hours.close + FINAL_AFTER_MINUTES * 60_000;
};
