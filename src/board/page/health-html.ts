import { jobName, jobText } from '../../cards/answers/job-text.ts';
import { awayText } from '../../cards/away-text.ts';
import { platformNoteText } from '../../cards/platform-note-text.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import type { Health, QuoteLine } from '../board-view.ts';
import { type Html, html } from './html.ts';
import { placeName, platformStateName, stateName } from './names.ts';
import { dayHtml, instantHtml } from './time-html.ts';

/** Says that there are no prices, why, and what happens next; empty if there are prices. */
export const banner = (health: Health, quotes: readonly QuoteLine[], words: Translator): Html => {
  const { noPricesBecause, lastQuoteAt } = health;
  if (noPricesBecause === undefined && quotes.some(({ price }) => price !== undefined)) return html``;
  const last =
    lastQuoteAt === undefined ? '' : html` ${words.say('board.last-price')}: ${instantHtml(words, lastQuoteAt)}.`;
  return html`<section class="banner">
<h2><span aria-hidden="true">⚠</span> ${words.say('board.no-prices.title')}</h2>
<p class="why">${noPricesBecause ?? words.say('board.no-prices.yet')}</p>
<p>${words.say('board.no-prices.trying')}${last}</p>
</section>`;
};

/** The health of sources, platforms, deliveries and jobs, a line each. */
export const healthStrip = (
  health: Health,
  words: Translator,
): Html => html`${health.problem && html`<p class="why"><span aria-hidden="true">⚠</span> ${health.problem}</p>`}<dl class="health">
${line(words.say('board.last-price'), health.lastQuoteAt === undefined ? words.say('board.health.none') : instantHtml(words, health.lastQuoteAt))}
${health.nextSession && line(words.say('board.next-session'), dayHtml(words, health.nextSession))}
${listLine(words, 'sources', sourcesHtml(health, words))}
${listLine(words, 'platforms', platformsHtml(health, words))}
${listLine(words, 'deliveries', counts(words, health.deliveries, stateName))}
${(health.jobs ?? []).map((job) => line(jobName(words, job.name), jobText(words, job, health.now)))}
${listLine(words, 'refused', counts(words, health.refused))}
</dl>
<p class="quiet small">${words.say('board.health.raw')}: <a href="/health">/health</a> <a href="/metrics">/metrics</a></p>`;

const line = (term: string, what: Html | string): Html => html`<div><dt>${term}</dt><dd>${what}</dd></div>`;

const listLine = (words: Translator, key: string, entries: readonly Html[]): Html =>
  line(
    words.say(`board.health.${key}`),
    entries.length === 0
      ? words.say('board.health.none')
      : html`${entries.map((entry) => html`<span class="entry">${entry}</span>\n`)}`,
  );

const sourcesHtml = ({ sources }: Health, words: Translator): Html[] =>
  sources.map(
    ({ name, ok, detail }) =>
      html`<span class="lamp ${ok ? 'good' : 'bad'}" aria-hidden="true"></span>${placeName(words, name)} ${words.say(ok ? 'board.health.working' : 'board.health.failing')}${because(detail)}`,
  );

const platformsHtml = ({ platforms }: Health, words: Translator): Html[] =>
  platforms.map(({ name, state, detail, since, disconnected, notes = [] }) => {
    const cards = html`${platformStateName(words, state)}${sinceHtml(words, since)}${because(detail)}`;
    const away =
      disconnected &&
      html`${words.say('board.health.disconnected')}${sinceHtml(words, disconnected.since)}${because(awayText(words, disconnected))}`;
    // "Working" and "not connected" would contradict each other.
    const states = away === undefined ? cards : state === 'down' ? html`${cards}, ${away}` : away;
    return html`${placeName(words, name)} ${states}${notes.map((note) => html` ${platformNoteText(words, note)}`)}`;
  });

export const sinceHtml = (words: Translator, since: number | undefined): Html =>
  html`${since !== undefined && html` ${words.say('board.health.since')} ${instantHtml(words, since)}`}`;

export const because = (detail: string | undefined): Html =>
  html`${detail && html` <span class="quiet">(${detail})</span>`}`;

const counts = (
  words: Translator,
  byKey: Readonly<Record<string, number>>,
  nameOf = (_words: Translator, key: string): string => key,
): Html[] =>
  Object.entries(byKey)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => html`<b>${formatNumber(words.language, count, {})}</b> ${nameOf(words, key)}`);
