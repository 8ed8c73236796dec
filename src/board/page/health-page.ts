import { ago, countsText, jobName, tookText } from '../../cards/answers/job-text.ts';
import { awayText } from '../../cards/away-text.ts';
import { platformNoteText } from '../../cards/platform-note-text.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatInstant } from '../../i18n/dates.ts';
import { sayOr } from '../../i18n/names.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import type { JobRun } from '../../stories/job-run.ts';
import type { Health } from '../board-view.ts';
import { type LiveParts, livePartsOf } from '../live-parts.ts';
import { type Html, html } from './html.ts';
import { live } from './live.ts';
import { placeName, platformStateName, stateName } from './names.ts';
import { type Chrome, shell } from './shell.ts';
import { instantHtml } from './time-html.ts';

/** What the page is made of. `histories`: the last runs of each job, newest first. */
export interface HealthReading {
  readonly health: Health;
  readonly histories: ReadonlyMap<string, readonly JobRun[]>;
}

const failedOf = ({ result }: JobRun): string | undefined =>
  result !== undefined && 'failed' in result ? result.failed : undefined;

/** Something that does not work. `since` in epoch milliseconds, if it is known. */
interface Trouble {
  readonly part: string;
  readonly because: string;
  readonly since?: number;
}

/** The first of the failed runs that nothing good has followed. */
const failingSince = (last: JobRun, history: readonly JobRun[]): number | undefined => {
  const good = history.findIndex((run) => failedOf(run) === undefined);
  const failed = good < 0 ? history : history.slice(0, good);
  return failed.at(-1)?.ranAt ?? last.ranAt;
};

/** Everything that is wrong, urgent or not, each once. */
const troublesOf = (words: Translator, { health, histories }: HealthReading): Trouble[] => {
  const { failures, sources, platforms, jobs = [] } = health;
  const isToldOf = (part: string): boolean => failures.some((failure) => failure.part === part);
  // The problem's one line repeats what the failures say.
  const rest = failures.reduce((text, { because }) => text.replace(because, ''), health.problem ?? '').trim();
  return [
    ...failures.map(({ part, since, because }) => ({
      part: sayOr(words, `board.health.part.${part}`, placeName(words, part)),
      since,
      because,
    })),
    ...(rest === '' ? [] : [{ part: words.say('board.health.part.other'), because: rest }]),
    ...sources
      .filter(({ ok }) => !ok && !isToldOf('prices'))
      .map(({ name, detail = '', at }) => ({
        part: placeName(words, name),
        because: detail,
        ...(at !== undefined && { since: at }),
      })),
    ...platforms
      .filter(({ name, state, disconnected }) => (state === 'down' || disconnected) && !isToldOf(name))
      .map(({ name, state, detail = '', since = undefined, disconnected }) => {
        const from = state === 'down' ? since : disconnected?.since;
        return {
          part: placeName(words, name),
          because: state === 'down' || !disconnected ? detail : awayText(words, disconnected),
          ...(from !== undefined && { since: from }),
        };
      }),
    ...jobs.flatMap((job) => {
      const failed = failedOf(job);
      const since = failingSince(job, histories.get(job.name) ?? []);
      return failed === undefined
        ? []
        : [{ part: jobName(words, job.name), because: failed, ...(since !== undefined && { since }) }];
    }),
  ];
};

const lamp = (isGood: boolean): Html => html`<span class="lamp ${isGood ? 'good' : 'bad'}" aria-hidden="true"></span>`;

const headline = (words: Translator, reading: HealthReading, troubles: readonly Trouble[]): Html =>
  html`<h1>${
    troubles.length === 0
      ? words.say('board.health.well')
      : words.say('board.health.troubles', { count: troubles.length })
  }</h1><p class="quiet">${words.say(`board.market-${reading.health.market}`)} · ${words.say('board.health.at', { instant: formatInstant(words, reading.health.now) })}</p>`;

const troubleList = (words: Translator, troubles: readonly Trouble[]): Html => {
  if (troubles.length === 0) return html``;
  return html`<section class="panel troubles" aria-labelledby="troubles-title"><h2 id="troubles-title">${words.say('board.health.wrong')}</h2>
<ul class="facts">${troubles.map(
    ({ part, because, since }) =>
      html`<li><b>${part}</b> <span>${because}${since !== undefined && html`<small class="quiet">${words.say('board.health.since')} ${instantHtml(words, since)}</small>`}</span></li>\n`,
  )}</ul></section>`;
};

const sourceRows = (words: Translator, { sources, now, refused, lastQuoteAt }: Health): Html => {
  const rejected = Object.entries(refused).filter(([, count]) => count > 0);
  return html`<h2>${words.say('board.health.sources')}</h2>
<ul class="facts">${sources.map(
    ({ name, ok, detail, at }) =>
      html`<li><b>${placeName(words, name)}</b> <span>${lamp(ok)}${words.say(ok ? 'board.health.working' : 'board.health.failing')}${detail && html` <span class="quiet">(${detail})</span>`}${at !== undefined && html`<small class="quiet">${words.say('board.health.answered', { ago: ago(words, at, now) })}</small>`}</span></li>\n`,
  )}<li><b>${words.say('board.last-price')}</b> <span>${lastQuoteAt === undefined ? words.say('board.health.none') : instantHtml(words, lastQuoteAt)}</span></li>
<li><b>${words.say('board.health.refused')}</b> <span>${
    rejected.length === 0
      ? words.say('board.health.none')
      : rejected.map(
          ([why, count]) => html`<span class="entry"><b>${formatNumber(words.language, count, {})}</b> ${why}</span> `,
        )
  }</span></li></ul>`;
};

const platformRows = (words: Translator, { platforms, deliveries }: Health): Html => {
  const counts = Object.entries(deliveries).filter(([, count]) => count > 0);
  return html`<h2>${words.say('board.health.platforms')}</h2>
<ul class="facts">${platforms.map(({ name, state, detail, since, disconnected, notes = [] }) => {
    const isGood = state === 'on' && disconnected === undefined;
    const from = state === 'down' ? since : disconnected?.since;
    const why = state === 'down' ? detail : disconnected && awayText(words, disconnected);
    const said =
      state === 'on' && disconnected ? words.say('board.health.disconnected') : platformStateName(words, state);
    return html`<li><b>${placeName(words, name)}</b> <span>${lamp(isGood)}${said}${why && html` <span class="quiet">(${why})</span>`}${from !== undefined && html`<small class="quiet">${words.say('board.health.since')} ${instantHtml(words, from)}</small>`}${notes.map((note) => html`<small>${platformNoteText(words, note)}</small>`)}</span></li>\n`;
  })}<li><b>${words.say('board.health.deliveries')}</b> <span>${
    counts.length === 0
      ? words.say('board.health.none')
      : counts.map(
          ([state, count]) =>
            html`<span class="entry"><b>${formatNumber(words.language, count, {})}</b> ${stateName(words, state)}</span> `,
        )
  }</span></li></ul>`;
};

const resultText = (words: Translator, run: JobRun): string => {
  const failed = failedOf(run);
  if (failed !== undefined) return failed;
  const counts = run.result && 'counts' in run.result ? countsText(words, run.result.counts) : [];
  return counts.length === 0 ? words.say('board.health.done') : counts.join(', ');
};

/** The last runs as bars, the newest at the right; a failed one is short. */
const strip = (words: Translator, history: readonly JobRun[]): Html => {
  const failed = history.filter((run) => failedOf(run) !== undefined).length;
  return html`<span class="strip" role="img" aria-label="${words.say('board.health.runs', { count: history.length, failed })}">${history
    .toReversed()
    .map((run) => html`<i class="${failedOf(run) === undefined ? 'good' : 'bad'}"></i>`)}</span>`;
};

const jobRow = (words: Translator, job: JobRun, history: readonly JobRun[], now: number): Html => {
  const { ranAt, tookMs, nextAt } = job;
  const runs = history.length === 0 && ranAt !== undefined ? [job] : history;
  const isGood = failedOf(job) === undefined;
  return html`<li>
<p class="job"><b>${ranAt !== undefined && lamp(isGood)}${jobName(words, job.name)}</b> ${runs.length > 0 && strip(words, runs)}</p>
<p class="small">${
    ranAt === undefined
      ? words.say('status.not-yet')
      : html`${ago(words, ranAt, now)}${tookMs !== undefined && `, ${tookText(words, tookMs)}`}: ${resultText(words, job)}`
  }${nextAt !== undefined && html` <span class="quiet">· ${words.say('status.next', { instant: formatInstant(words, nextAt) })}</span>`}</p>
${
  runs.length > 0 &&
  html`<details><summary>${words.say('board.health.last-runs', { count: runs.length })}</summary>
<ol class="runs">${runs.map((run) => html`<li>${lamp(failedOf(run) === undefined)}${run.ranAt !== undefined && instantHtml(words, run.ranAt)} <span class="quiet">${resultText(words, run)}${run.tookMs !== undefined && `, ${tookText(words, run.tookMs)}`}</span></li>\n`)}</ol></details>`
}</li>
`;
};

/** What changes while the page is open. */
export const healthParts = (words: Translator, reading: HealthReading): Promise<LiveParts> => {
  const { health, histories } = reading;
  const troubles = troublesOf(words, reading);
  const { jobs = [] } = health;
  return livePartsOf({
    headline: headline(words, reading, troubles),
    troubles: troubleList(words, troubles),
    sources: sourceRows(words, health),
    platforms: platformRows(words, health),
    jobs: html`<h2>${words.say('board.health.jobs')}</h2>
${jobs.length === 0 ? html`<p class="quiet">${words.say('board.health.none')}</p>` : html`<ul class="jobs">${jobs.map((job) => jobRow(words, job, histories.get(job.name) ?? [], health.now))}</ul>`}`,
  });
};

/** Sources, platforms and jobs: what is wrong, and since when. */
export const healthPage = (chrome: Chrome, parts: LiveParts): Html => {
  const { words } = chrome;
  return shell(
    chrome,
    words.say('board.health.title'),
    html`${live(parts, 'headline', 'div', html` class="page-head stacked"`)}
${live(parts, 'troubles')}
<div class="panels halves">
<section class="panel">${live(parts, 'sources')}</section>
<section class="panel">${live(parts, 'platforms')}</section>
<section class="panel whole">${live(parts, 'jobs')}</section>
</div>
<p class="quiet small page-note">${words.say('board.health.raw')}: <a href="/health">/health</a> <a href="/metrics">/metrics</a></p>`,
  );
};
