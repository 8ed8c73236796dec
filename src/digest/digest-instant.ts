import type { Calendar, SessionDate } from '../market/calendar.ts';

/** The last bars are final a quarter of an hour after the bell. */
const AFTER_BELL_MS = 15 * 60_000;

/** When the digest of a session is due where nobody has chosen another time, epoch milliseconds. Throws RangeError for a closed day. */
export const digestInstant = (calendar: Calendar, session: SessionDate): number => {
  const hours = calendar.hours(session);
  if (!hours) throw new RangeError(`Expected a session, got ${session}`);
  return hours.close + AFTER_BELL_MS;
};
