import type { Translator } from '../../i18n/catalogue.ts';
import type { BoardChannel, PostedCard } from '../board-view.ts';
import { cardHtml } from './card-html.ts';
import { discordHtml } from './discord-html.ts';
import { type Html, html } from './html.ts';
import { placeName } from './place-name.ts';
import { slackHtml } from './slack-html.ts';
import { stateName } from './state-name.ts';
import { instantHtml } from './time-html.ts';

/** How cards are dressed: the board's own way, or about as a chat shows them. */
export const STYLES = ['board', 'discord', 'slack'] as const;

export type Style = (typeof STYLES)[number];

/** The style that an address asks for; the board's own for anything unknown. */
export const styleOf = (asked: string | undefined): Style => STYLES.find((style) => style === asked) ?? 'board';

/** A query that keeps the style, to be put behind a path. */
export const styleQuery = (style: Style): string => (style === 'board' ? '' : `?style=${style}`);

/** One card as it was posted, with when and where. The card is in its own language, the rest in the page's. */
export const postedCard = (posted: PostedCard, style: Style, words: Translator): Html => {
  const time = instantHtml(words, posted.postedAt);
  return html`<article id="card-${posted.id}">
<div lang="${posted.language}">
${dressed(posted, style, time)}
</div>
<p class="posted"><a href="/card/${posted.id}${styleQuery(style)}" title="${words.say('board.cards.permalink')}">${time}</a>${posted.places.map((place) => placeHtml(place, words))}</p>
</article>
`;
};

const dressed = ({ card }: PostedCard, style: Style, time: Html): Html => {
  if (style === 'discord') return discordHtml(card, time);
  return style === 'slack' ? slackHtml(card, time) : cardHtml(card);
};

const placeHtml = ({ platform, state, reason }: BoardChannel, words: Translator): Html =>
  html` <span class="place ${state === 'sent' ? 'arrived' : ''}">${placeName(words, platform)}: ${stateName(words, state)}${reason && ` (${reason})`}</span>`;
