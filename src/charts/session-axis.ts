import type { SessionDate } from '../market/calendar.ts';
import { type Box, clamp, DATES_BASELINE, FONT, MARGIN, WIDTH } from './layout.ts';
import { coordinate, text } from './markup.ts';
import { textWidth } from './text-width.ts';
import type { Theme } from './theme.ts';

/** The x coordinate of a session, by its index. */
type SessionX = (index: number) => number;

/** A date under the chart. */
interface SessionTick {
  /** Middle of the label, in picture units. */
  readonly x: number;
  /** The session's own place. */
  readonly at: number;
  readonly label: string;
}

/** Where the dates stand, and how large. */
interface AxisStyle {
  readonly baseline: number;
  readonly size: number;
  /** The bottom of the panes, where a small mark joins a date to its session; none if absent. */
  readonly bottom?: number;
}

const SMALL_AXIS: AxisStyle = { baseline: DATES_BASELINE, size: FONT.axis };
/** Length of the mark. */
const MARK_LENGTH = 6;

const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];
const MIN_MONTH_TICKS = 3;
const MAX_TICKS = 7;
/** The first month is marked if the series starts by this day: a label belongs at the beginning of its month. */
const MAX_FIRST_DAY = 5;
/** Smallest distance between two dates, in picture units. */
const MIN_LABEL_GAP = 26;

const year = (session: SessionDate): string => session.slice(0, 4);
const month = (session: SessionDate): string => session.slice(5, 7);
const yearMonth = (session: SessionDate): string => session.slice(0, 7);
const monthDay = (session: SessionDate): string => session.slice(5, 10);
const fullDate = (session: SessionDate): string => session.slice(0, 10);
/** Months since year 0. */
const monthNumber = (session: SessionDate): number => Number(year(session)) * 12 + Number(month(session)) - 1;

const placeTicks = (
  marks: readonly { readonly index: number; readonly label: string }[],
  x: SessionX,
  size: number,
): readonly SessionTick[] =>
  marks.map(({ index, label }) => {
    const half = textWidth(label, size) / 2;
    return { x: clamp(x(index), MARGIN + half, WIDTH - MARGIN - half), at: x(index), label };
  });

const fits = (ticks: readonly SessionTick[], size: number): boolean =>
  ticks.length <= MAX_TICKS &&
  ticks.every((tick, index) => {
    const before = ticks[index - 1];
    if (!before) return true;
    const widths = textWidth(tick.label, size) + textWidth(before.label, size);
    return tick.x - before.x >= widths / 2 + MIN_LABEL_GAP;
  });

/** Indices of the months' first sessions. */
const monthStarts = (sessions: readonly SessionDate[]): readonly number[] => {
  const starts: number[] = [];
  let current = Number(sessions[0]?.slice(8)) <= MAX_FIRST_DAY ? '' : yearMonth(sessions[0] ?? '');
  for (let at = 0; at < sessions.length; at += 1) {
    const session = sessions[at] as SessionDate;
    if (current !== '' && session.startsWith(current)) continue;
    current = yearMonth(session);
    starts.push(at);
  }
  return starts;
};

/** 2023-09, 11, 2024-01: the year only if it changes. With a step of a year or more, years alone. */
const monthTicks = (
  sessions: readonly SessionDate[],
  starts: readonly number[],
  step: number,
  x: SessionX,
  size: number,
): readonly SessionTick[] => {
  const chosen = starts.filter((index) => monthNumber(sessions[index] as SessionDate) % step === 0);
  let shownYear = '';
  const marks = chosen.map((index) => {
    const session = sessions[index] as SessionDate;
    const label = step >= 12 ? year(session) : year(session) === shownYear ? month(session) : yearMonth(session);
    shownYear = year(session);
    return { index, label };
  });
  return placeTicks(marks, x, size);
};

/**
 * Every `step`-th session, counted back from the last: 06-18, 06-25. The year only if it changes: the header shows it.
 */
const dayTicks = (
  sessions: readonly SessionDate[],
  step: number,
  x: SessionX,
  size: number,
): readonly SessionTick[] => {
  const chosen = sessions.map((_, index) => index).filter((index) => (sessions.length - 1 - index) % step === 0);
  let shownYear = year(sessions[chosen[0] ?? 0] ?? '');
  const marks = chosen.map((index) => {
    const session = sessions[index] as SessionDate;
    const label = year(session) === shownYear ? monthDay(session) : fullDate(session);
    shownYear = year(session);
    return { index, label };
  });
  return placeTicks(marks, x, size);
};

/**
 * Numeric dates, so that one picture serves every language: 2023-09, 11, 2024-01 over months, 2015, 2017 over years,
 * 06-18, 06-25 if fewer than three months begin.
 */
export const sessionTicks = (
  sessions: readonly SessionDate[],
  x: SessionX,
  size: number = FONT.axis,
): readonly SessionTick[] => {
  const starts = monthStarts(sessions);
  if (starts.length >= MIN_MONTH_TICKS) {
    const ticks = MONTH_STEPS.map((step) => monthTicks(sessions, starts, step, x, size)).find((found) =>
      fits(found, size),
    );
    if (ticks && ticks.length > 0) return ticks;
  }
  for (let step = Math.ceil(sessions.length / MAX_TICKS); step < sessions.length; step++) {
    const ticks = dayTicks(sessions, step, x, size);
    if (fits(ticks, size)) return ticks;
  }
  return dayTicks(sessions, Math.max(sessions.length, 1), x, size);
};

/** The dates of the sessions, drawn under the panes. */
export const sessionAxis = (
  sessions: readonly SessionDate[],
  x: SessionX,
  theme: Theme,
  { baseline, size, bottom }: AxisStyle = SMALL_AXIS,
): string =>
  sessionTicks(sessions, x, size)
    .map((tick) => {
      const at = coordinate(tick.at);
      const mark =
        bottom === undefined
          ? ''
          : `<line x1="${at}" x2="${at}" y1="${bottom}" y2="${bottom + MARK_LENGTH}" stroke="${theme.muted}" stroke-width="1.5"/>`;
      return mark + text(tick.x, baseline, tick.label, { size, fill: theme.muted, anchor: 'middle' });
    })
    .join('');

/** Spreads `count` sessions over the pane's width; a single session is at the right end. */
export const sessionScale = (count: number, pane: Pick<Box, 'left' | 'right'>): SessionX => {
  const step = (pane.right - pane.left) / Math.max(count - 1, 1);
  return (index) => (count === 1 ? pane.right : pane.left + index * step);
};
