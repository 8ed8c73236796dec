import { jobName, jobText } from '../../cards/answers/job-text.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import type { Health } from '../board-view.ts';
import type { BoardText } from '../texts/board-text.ts';
import { type Html, html } from './html.ts';
import { placeName } from './place-name.ts';
import { dayHtml, instantHtml } from './time-html.ts';

/** Whether everything works, in a few lines. */
export const healthStrip = (health: Health, words: Translator, text: BoardText): Html => html`<dl class="health">
${line(text.lastPrice, health.lastQuoteAt === undefined ? text.health.none : instantHtml(words, health.lastQuoteAt))}
${health.nextSession && line(text.nextSession, dayHtml(words, health.nextSession))}
${line(
  text.health.sources,
  listed(
    health.sources.map((source) => sourceHtml(source, text)),
    text,
  ),
)}
${line(text.health.platforms, listed(health.platforms.map(platformHtml), text))}
${line(text.health.deliveries, listed(counts(health.deliveries, words, text.states), text))}
${(health.jobs ?? []).map((job) => line(jobName(words, job.name), jobText(words, job, health.now)))}
${line(text.health.refused, listed(counts(health.refused, words, {}), text))}
</dl>
<p class="quiet small">${text.health.raw}: <a href="/health">/health</a> <a href="/metrics">/metrics</a></p>`;

const line = (term: string, what: Html | string): Html => html`<div><dt>${term}</dt><dd>${what}</dd></div>`;

const listed = (entries: readonly Html[], text: BoardText): Html =>
  entries.length === 0
    ? html`${text.health.none}`
    : html`${entries.map((entry) => html`<span class="entry">${entry}</span>\n`)}`;

const sourceHtml = ({ name, ok, detail }: Health['sources'][number], text: BoardText): Html =>
  html`<span class="lamp ${ok ? 'good' : 'bad'}" aria-hidden="true"></span>${placeName(name)} ${ok ? text.health.working : text.health.failing}${because(detail)}`;

const platformHtml = ({ name, state, detail }: Health['platforms'][number]): Html =>
  html`${placeName(name)} ${state}${because(detail)}`;

const because = (detail: string | undefined): Html => html`${detail && html` <span class="quiet">(${detail})</span>`}`;

const counts = (
  by: Readonly<Record<string, number>>,
  words: Translator,
  names: Readonly<Record<string, string>>,
): Html[] =>
  Object.entries(by)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => html`<b>${formatNumber(words.language, count, {})}</b> ${names[key] ?? key}`);
