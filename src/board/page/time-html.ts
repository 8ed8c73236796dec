import type { Translator } from '../../i18n/catalogue.ts';
import { formatDate, formatFullDate, formatInstant } from '../../i18n/dates.ts';
import { newYorkClock } from '../../market/exchange-time.ts';
import { type Html, html } from './html.ts';

const dayOf = (instant: number): string => newYorkClock(instant).toPlainDate().toString();

const stamp = (instant: number): string => new Date(instant).toISOString();

/** "30 Jul 2024 16:00 New York". Takes epoch milliseconds. */
export const instantHtml = (words: Translator, instant: number): Html =>
  html`<time datetime="${stamp(instant)}">${formatInstant(words, instant)}</time>`;

/** The exchange's clock: "16:00" on the day of `now`, "29 Jul" on another one. */
export const tradeTimeHtml = (words: Translator, instant: number, now: number): Html => {
  const shown =
    dayOf(instant) === dayOf(now)
      ? newYorkClock(instant).toPlainTime().toString({ smallestUnit: 'minute' })
      : formatDate(words, dayOf(instant), dayOf(now));
  return html`<time datetime="${stamp(instant)}" title="${formatInstant(words, instant)}">${shown}</time>`;
};

/** A day of the calendar; a text that is none stays as it is. */
export const dayHtml = (words: Translator, day: string): Html =>
  /^\d{4}-\d\d-\d\d$/.test(day) ? html`<time datetime="${day}">${formatFullDate(words, day)}</time>` : html`${day}`;
