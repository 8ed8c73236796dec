import type { SessionDate } from '../market/calendar.ts';
import { clamp, FONT, MARGIN, WIDTH } from './layout.ts';
import { textWidth } from './text-width.ts';

/** A date under the chart. */
export interface SessionTick {
  /** Middle of the label, in picture units. */
  readonly x: number;
  readonly label: string;
}

type PlaceOf = (index: number) => number;

const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];
const MOST_TICKS = 7;
/** A month's label stands at its first sessions: a series that starts later in a month leaves that one unmarked. */
const LATEST_FIRST_DAY = 5;
const GAP = 26;

const year = (session: SessionDate): string => session.slice(0, 4);
const month = (session: SessionDate): string => session.slice(5, 7);
const yearMonth = (session: SessionDate): string => session.slice(0, 7);
const monthDay = (session: SessionDate): string => session.slice(5, 10);
const fullDate = (session: SessionDate): string => session.slice(0, 10);
const monthNumber = (session: SessionDate): number => Number(year(session)) * 12 + Number(month(session)) - 1;

const place = (marks: readonly { readonly index: number; readonly label: string }[], x: PlaceOf): SessionTick[] =>
  marks.map((mark) => {
    const half = textWidth(mark.label, FONT.axis) / 2;
    return { x: clamp(x(mark.index), MARGIN + half, WIDTH - MARGIN - half), label: mark.label };
  });

const fits = (ticks: readonly SessionTick[]): boolean =>
  ticks.length <= MOST_TICKS &&
  ticks.every((tick, index) => {
    const before = ticks[index - 1];
    if (!before) return true;
    return tick.x - before.x >= (textWidth(tick.label, FONT.axis) + textWidth(before.label, FONT.axis)) / 2 + GAP;
  });

/** First sessions of the months. */
const monthStarts = (sessions: readonly SessionDate[]): readonly number[] =>
  sessions.flatMap((session, index) => {
    const before = sessions[index - 1];
    const starts = before ? monthNumber(before) !== monthNumber(session) : Number(session.slice(8)) <= LATEST_FIRST_DAY;
    return starts ? [index] : [];
  });

/** 2023-09, 11, 2024-01: the year where it differs from the mark before. From a step of a year on, years alone. */
const monthTicks = (sessions: readonly SessionDate[], starts: readonly number[], step: number, x: PlaceOf) => {
  const chosen = starts.filter((index) => monthNumber(sessions[index] as SessionDate) % step === 0);
  let shown = '';
  const marks = chosen.map((index) => {
    const session = sessions[index] as SessionDate;
    const label = step >= 12 ? year(session) : year(session) === shown ? month(session) : yearMonth(session);
    shown = year(session);
    return { index, label };
  });
  return place(marks, x);
};

/** Every step-th session back from the last: 06-18, 06-25. The year only where it changes, for the header has it. */
const dayTicks = (sessions: readonly SessionDate[], step: number, x: PlaceOf): readonly SessionTick[] => {
  const chosen = sessions.map((_, index) => index).filter((index) => (sessions.length - 1 - index) % step === 0);
  let shown = year(sessions[chosen[0] ?? 0] ?? '');
  const marks = chosen.map((index) => {
    const session = sessions[index] as SessionDate;
    const label = year(session) === shown ? monthDay(session) : fullDate(session);
    shown = year(session);
    return { index, label };
  });
  return place(marks, x);
};

/**
 * Numeric dates for the sessions of a chart, so that one picture serves every language: 2023-09, 11, 2024-01 over
 * months, 2015, 2017 over years, 06-18, 06-25 where fewer than three months begin.
 */
export const sessionTicks = (sessions: readonly SessionDate[], x: PlaceOf): readonly SessionTick[] => {
  const starts = monthStarts(sessions);
  if (starts.length >= 3) {
    const ticks = MONTH_STEPS.map((step) => monthTicks(sessions, starts, step, x)).find(fits);
    if (ticks && ticks.length > 0) return ticks;
  }
  for (let step = Math.ceil(sessions.length / MOST_TICKS); step < sessions.length; step++) {
    const ticks = dayTicks(sessions, step, x);
    if (fits(ticks)) return ticks;
  }
  return dayTicks(sessions, Math.max(sessions.length, 1), x);
};
