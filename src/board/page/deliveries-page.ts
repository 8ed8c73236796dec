import { ago } from '../../cards/answers/job-text.ts';
import { pauseText } from '../../cards/channel-notice-card.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatDate, formatInstant, formatTime } from '../../i18n/dates.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import { newYorkDay } from '../../market/exchange-time.ts';
import {
  DELIVERY_GROUP_IDS,
  DELIVERY_GROUPS,
  type DeliveriesAsked,
  type DeliveryGroup,
} from '../../stories/deliveries-asked.ts';
import { BOARD_ID } from '../../stories/platforms.ts';
import { MINUTE_MS } from '../../util/durations.ts';
import type { DeliveryLine, DeliveryList } from '../board-view.ts';
import { deliveriesQuery, STORY_KIND_IDS } from '../deliveries-choice.ts';
import { type LiveParts, livePartsOf } from '../live-parts.ts';
import { chipLinks, pager, selectField } from './controls.ts';
import { type Html, html } from './html.ts';
import { live } from './live.ts';
import { placeName, stateName } from './names.ts';
import { type Chrome, shell } from './shell.ts';

/** A card that has been due for longer is late. */
const LATE_MS = 2 * MINUTE_MS;

const groupOf = (state: string): DeliveryGroup | undefined =>
  DELIVERY_GROUP_IDS.find((id) => (DELIVERY_GROUPS[id] as readonly string[]).includes(state));

const LAMPS: Readonly<Record<DeliveryGroup, string>> = { waiting: 'wait', sent: 'good', lost: 'bad', spared: '' };

const titleOf = (words: Translator, { lost, oldestOwedAt, now }: DeliveryList): string => {
  if (lost > 0)
    return words.say('board.deliveries.lost', { count: lost, number: formatNumber(words.language, lost, {}) });
  if (oldestOwedAt !== undefined && now - oldestOwedAt >= LATE_MS) return words.say('board.deliveries.late');
  return words.say('board.deliveries.none-lost');
};

const headline = (words: Translator, list: DeliveryList): Html => {
  const { oldestOwedAt } = list;
  return html`<h1>${titleOf(words, list)}</h1>${oldestOwedAt !== undefined && html`<p class="quiet">${words.say('board.deliveries.oldest', { instant: formatInstant(words, oldestOwedAt) })}</p>`}`;
};

const groupChips = (words: Translator, { counts }: DeliveryList, asked: DeliveriesAsked): Html => {
  const ofPlatform = counts.filter(({ platform }) => asked.platform === undefined || platform === asked.platform);
  const sum = (group: DeliveryGroup | undefined): number =>
    ofPlatform.reduce((all, { state, count }) => (!group || groupOf(state) === group ? all + count : all), 0);
  // Of a channel or a kind they are not counted.
  const isCounted = asked.channel === undefined && asked.kind === undefined;
  const chip = (group: DeliveryGroup | undefined) => ({
    text: words.say(`board.deliveries.group.${group ?? 'all'}`),
    href: `/deliveries${deliveriesQuery(asked, { group: group ?? null })}`,
    isChosen: asked.group === group,
    ...(isCounted && { count: sum(group) }),
  });
  return chipLinks(words, words.say('board.deliveries.state'), [undefined, ...DELIVERY_GROUP_IDS].map(chip));
};

/** "30 Jul 16:05", New York. */
const timeCell = (words: Translator, at: number, now: number): Html =>
  html`<time datetime="${new Date(at).toISOString()}" title="${formatInstant(words, at)}">${formatDate(words, newYorkDay(at), newYorkDay(now))} ${formatTime(at)}</time>`;

const channelCell = (words: Translator, { platform, channel, origin }: DeliveryLine, asked: DeliveriesAsked): Html => {
  const name = placeName(words, platform);
  if (platform === BOARD_ID) return html`${name}`;
  return html`<a href="/deliveries${deliveriesQuery(asked, { channel })}">${words.say('board.deliveries.channel', { name, channel })}</a><small>${words.say(`board.deliveries.origin.${origin}`)}</small>`;
};

/** Why it has not come, or not yet, for a person; empty if there is nothing to say. */
const whyTexts = (words: Translator, line: DeliveryLine, now: number): string[] => {
  const { state, pause, reason, until, attempts } = line;
  const at = until !== undefined && until > now ? formatInstant(words, until) : undefined;
  const when =
    state === 'quiet' || state === 'muted' || state === 'unsure'
      ? `board.deliveries.until.${state}`
      : `board.deliveries.until.${attempts > 0 ? 'retry' : 'due'}`;
  return [
    ...(pause ? [pauseText(words, pause)] : reason !== undefined ? [reason] : []),
    ...(at !== undefined && groupOf(state) !== 'sent' ? [words.say(when, { instant: at })] : []),
  ];
};

const kindName = (words: Translator, kind: string): string => words.say(`board.deliveries.kind.${kind}`);

const row = (words: Translator, line: DeliveryLine, asked: DeliveriesAsked, now: number): Html => {
  const { card, kind, state, attempts, createdAt } = line;
  const group = groupOf(state);
  const name = card
    ? html`<a href="/card/${card.id}" lang="${card.language}">${card.title}</a>`
    : html`<span class="quiet">${kindName(words, kind)}</span>`;
  return html`<tr>
<td class="left time">${timeCell(words, createdAt, now)}</td>
<th scope="row" class="left">${name}</th>
<td class="left" data-label="${words.say('board.deliveries.where')}"><div>${channelCell(words, line, asked)}</div></td>
<td class="left why-cell" data-label="${words.say('board.deliveries.state')}"><div><span class="lamp ${group ? LAMPS[group] : ''}" aria-hidden="true"></span>${stateName(words, state)}${whyTexts(words, line, now).map((text) => html`<small>${text}</small>`)}</div></td>
<td class="brief" data-label="${words.say('board.deliveries.tries')}"><div>${attempts}</div></td>
<td class="brief" data-label="${words.say('board.deliveries.age')}"><div>${ago(words, createdAt, now)}</div></td>
</tr>
`;
};

const table = (words: Translator, { lines, now, hasOlder, hasNewer }: DeliveryList, asked: DeliveriesAsked): Html => {
  const [newest, oldest] = [lines[0], lines.at(-1)];
  if (!newest || !oldest) return html`<p class="empty">${words.say('board.deliveries.nothing')}</p>`;
  const head = (key: string, left = true): Html =>
    html`<th scope="col"${left && html` class="left"`}>${words.say(`board.deliveries.${key}`)}</th>`;
  return html`<table class="figures rows-on-phone list-table">
<thead><tr>${head('time')}${head('card')}${head('where')}${head('state')}${head('tries', false)}${head('age', false)}</tr></thead>
<tbody>
${lines.map((line) => row(words, line, asked, now))}</tbody></table>
${pager(words, '', {
  newer: hasNewer ? `/deliveries${deliveriesQuery(asked, { after: newest.id })}` : undefined,
  older: hasOlder ? `/deliveries${deliveriesQuery(asked, { before: oldest.id })}` : undefined,
})}`;
};

/** What changes while the page is open. */
export const deliveriesParts = (words: Translator, list: DeliveryList, asked: DeliveriesAsked): Promise<LiveParts> =>
  livePartsOf({
    headline: headline(words, list),
    groups: groupChips(words, list, asked),
    table: table(words, list, asked),
  });

const filterForm = (
  words: Translator,
  platforms: readonly string[],
  { group, platform, kind, channel }: DeliveriesAsked,
): Html => html`<form class="filters" method="get" action="/deliveries">
${group !== undefined && html`<input type="hidden" name="state" value="${group}">`}
${selectField(
  'platform',
  words.say('board.deliveries.platform'),
  words.say('board.figures.any'),
  platforms.map((value) => ({ value, text: placeName(words, value) })),
  platform,
)}${selectField(
  'kind',
  words.say('board.deliveries.what'),
  words.say('board.figures.any'),
  STORY_KIND_IDS.map((value) => ({ value, text: kindName(words, value) })),
  kind,
)}<label>${words.say('board.deliveries.channel-number')} <input type="number" name="channel" min="1" max="999999999" inputmode="numeric"${channel !== undefined && html` value="${channel}"`}></label>
<button>${words.say('board.bill.show')}</button></form>`;

/** Every delivery, newest first: which card went where, and why not. `platforms`: those that have any. */
export const deliveriesPage = (
  chrome: Chrome,
  platforms: readonly string[],
  parts: LiveParts,
  asked: DeliveriesAsked,
): Html => {
  const { words } = chrome;
  return shell(
    chrome,
    words.say('board.nav.deliveries'),
    html`<div class="page-head">${live(parts, 'headline')}<p><a class="button" href="/cards">${words.say('board.all-cards')}</a></p></div>
${live(parts, 'groups')}
<section class="panel" aria-label="${words.say('board.nav.deliveries')}">${filterForm(words, platforms, asked)}
${live(parts, 'table')}</section>
<p class="quiet small page-note">${words.say('board.deliveries.note')}</p>`,
  );
};
