import type { Translator } from '../../i18n/catalogue.ts';
import { formatDate, formatFullDate, formatInstant, formatTime } from '../../i18n/dates.ts';
import { newYorkDay } from '../../market/exchange-time.ts';
import { type Html, html } from './html.ts';

const stamp = (instant: number): string => new Date(instant).toISOString();

/** "30 Jul 2024 16:00 New York" from epoch milliseconds. */
export const instantHtml = (words: Translator, instant: number): Html =>
  html`<time datetime="${stamp(instant)}">${formatInstant(words, instant)}</time>`;

/** "16:00" in New York time if the instant is on the day of `now`, otherwise "29 Jul". Both in epoch milliseconds. */
export const tradeTimeHtml = (words: Translator, instant: number, now: number): Html => {
  const shown =
    newYorkDay(instant) === newYorkDay(now)
      ? formatTime(instant)
      : formatDate(words, newYorkDay(instant), newYorkDay(now));
  return html`<time datetime="${stamp(instant)}" title="${formatInstant(words, instant)}">${shown}</time>`;
};

/** "30 Jul 2024"; any other text than a date stays as it is. */
export const dayHtml = (words: Translator, day: string): Html =>
  /^\d{4}-\d\d-\d\d$/.test(day) ? html`<time datetime="${day}">${formatFullDate(words, day)}</time>` : html`${day}`;
