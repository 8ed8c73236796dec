import { jobName, jobText } from '../../cards/answers/job-text.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import type { Health } from '../board-view.ts';
import { type Html, html } from './html.ts';
import { placeName } from './place-name.ts';
import { platformStateName, stateName } from './state-name.ts';
import { dayHtml, instantHtml } from './time-html.ts';

/** Whether everything works, in a few lines. */
export const healthStrip = (health: Health, words: Translator): Html => html`<dl class="health">
${line(words.say('board.last-price'), health.lastQuoteAt === undefined ? words.say('board.health.none') : instantHtml(words, health.lastQuoteAt))}
${health.nextSession && line(words.say('board.next-session'), dayHtml(words, health.nextSession))}
${line(
  words.say('board.health.sources'),
  listed(
    health.sources.map((source) => sourceHtml(source, words)),
    words,
  ),
)}
${line(
  words.say('board.health.platforms'),
  listed(
    health.platforms.map((platform) => platformHtml(platform, words)),
    words,
  ),
)}
${line(
  words.say('board.health.deliveries'),
  listed(
    counts(health.deliveries, words, (state) => stateName(words, state)),
    words,
  ),
)}
${(health.jobs ?? []).map((job) => line(jobName(words, job.name), jobText(words, job, health.now)))}
${line(words.say('board.health.refused'), listed(counts(health.refused, words), words))}
</dl>
<p class="quiet small">${words.say('board.health.raw')}: <a href="/health">/health</a> <a href="/metrics">/metrics</a></p>`;

const line = (term: string, what: Html | string): Html => html`<div><dt>${term}</dt><dd>${what}</dd></div>`;

const listed = (entries: readonly Html[], words: Translator): Html =>
  entries.length === 0
    ? html`${words.say('board.health.none')}`
    : html`${entries.map((entry) => html`<span class="entry">${entry}</span>\n`)}`;

const sourceHtml = ({ name, ok, detail }: Health['sources'][number], words: Translator): Html =>
  html`<span class="lamp ${ok ? 'good' : 'bad'}" aria-hidden="true"></span>${placeName(words, name)} ${words.say(ok ? 'board.health.working' : 'board.health.failing')}${because(detail)}`;

const platformHtml = ({ name, state, detail }: Health['platforms'][number], words: Translator): Html =>
  html`${placeName(words, name)} ${platformStateName(words, state)}${because(detail)}`;

const because = (detail: string | undefined): Html => html`${detail && html` <span class="quiet">(${detail})</span>`}`;

const counts = (by: Readonly<Record<string, number>>, words: Translator, nameOf = (key: string) => key): Html[] =>
  Object.entries(by)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => html`<b>${formatNumber(words.language, count, {})}</b> ${nameOf(key)}`);
