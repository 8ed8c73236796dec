import type { Translator } from '../../i18n/catalogue.ts';
import { formatDate } from '../../i18n/dates.ts';
import type { SessionDate } from '../../market/calendar.ts';
import { type Html, html } from './html.ts';
import { placeClass } from './plot.ts';

const MOST_LABELS = 8;
/** Labels nearer to an end than this share of the axis would reach beyond it. */
const MARGIN = 0.03;
/** Fewer months than this are marked by days. */
const FEW_MONTHS = 3;

const monthOf = (session: SessionDate): string => session.slice(0, 7);

/** "Sep"; of a January the year. */
const monthLabel = (words: Translator, session: SessionDate): string =>
  session.slice(5, 7) === '01'
    ? session.slice(0, 4)
    : new Intl.DateTimeFormat(words.language, { month: 'short', timeZone: 'UTC' }).format(Date.parse(session));

/** Indexes of the first sessions of months, every so many of them that the labels fit. */
const monthStarts = (sessions: readonly SessionDate[]): number[] => {
  const starts = sessions.flatMap((session, at) =>
    at > 0 && monthOf(session) !== monthOf(sessions[at - 1] ?? '') ? [at] : [],
  );
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((months) => starts.length / months <= MOST_LABELS) ?? 240;
  return starts.filter((at) => {
    const [year = 0, month = 0] = (sessions[at] ?? '').split('-').map(Number);
    return (year * 12 + month - 1) % step === 0;
  });
};

/** Labels under a chart of these sessions, evenly spread over its width. */
export const timeAxis = (words: Translator, sessions: readonly SessionDate[]): Html => {
  const last = sessions.length - 1;
  const months = new Set(sessions.map(monthOf)).size;
  const isShort = months <= FEW_MONTHS;
  const marks = isShort ? sessions.map((_, at) => at).filter((at) => (last - at) % 5 === 2) : monthStarts(sessions);
  const labels = marks.map((at) => {
    const session = sessions[at] ?? '';
    return {
      place: at / Math.max(last, 1),
      text: isShort ? formatDate(words, session, sessions[last] ?? '') : monthLabel(words, session),
    };
  });
  return html`<div class="times" aria-hidden="true">${labels
    .filter(({ place }) => place > MARGIN && place < 1 - MARGIN)
    .map(({ place, text }) => html`<span class="${placeClass(place)}">${text}</span>`)}</div>`;
};
