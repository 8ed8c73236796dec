import { expect } from 'vitest';
import { digestOn } from '../../src/digest/digest-due.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/util/durations.ts';

const calendar = loadCalendar();

const sessions: readonly string[] = (() => {
  const all: string[] = [];
  for (let day = '2025-11-03'; day <= '2027-11-05'; day = calendar.next(day)) all.push(day);
  return all;
})();

const HALF_HOURS = Array.from({ length: 48 }, (_, n) => `${String(n >> 1).padStart(2, '0')}:${n % 2 ? '30' : '00'}`);

/** Checks every half hour of a zone over two years: one digest a session, in order, twelve hours apart, on final bars. */
export const expectOneDigestASession = (timeZone: string): void => {
  for (const at of HALF_HOURS) {
    const profile = { timeZone, at };
    let before = 0;
    for (const session of sessions) {
      const due = digestOn(profile, calendar, session)?.at ?? 0;
      const final = (calendar.hours(session)?.close ?? 0) + 15 * MINUTE_MS;
      if (due < final || due - before < 12 * HOUR_MS)
        expect.fail(`${timeZone} ${at}: ${session} is due ${new Date(due).toISOString()}, the one before ${before}`);
      before = due;
    }
  }
};
