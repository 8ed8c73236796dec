import { loadCalendar } from '../../../src/market/load-calendar.ts';
import { sessionsUntil } from '../../market/sessions-until.ts';

export const calendar = loadCalendar();

/** Sessions of closes before the simulated days: more than the longest window. */
export const PAST = 300;

/** Simulated sessions: Wednesday to Friday, Monday and Tuesday, with the comparison of Saturday in between. */
export const SESSIONS = ['2025-06-04', '2025-06-05', '2025-06-06', '2025-06-09', '2025-06-10'] as const;

const FIRST = SESSIONS[0];

/** The sessions before the simulated ones, oldest first. */
export const pastSessions: readonly string[] = sessionsUntil(calendar, calendar.previous(FIRST), PAST);
