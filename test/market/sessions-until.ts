import type { Calendar, SessionDate } from '../../src/market/calendar.ts';

/** `last` and the sessions before it, oldest first, `count` in all. */
export const sessionsUntil = (calendar: Calendar, last: SessionDate, count: number): SessionDate[] => {
  const sessions = [last];
  while (sessions.length < count) sessions.unshift(calendar.previous(sessions[0] ?? last));
  return sessions;
};
