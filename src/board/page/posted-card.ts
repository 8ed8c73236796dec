import type { Translator } from '../../i18n/catalogue.ts';
import type { BoardChannel, PostedCard } from '../board-view.ts';
import { cardHtml } from './card-html.ts';
import { discordHtml } from './discord-html.ts';
import { type Html, html } from './html.ts';
import { placeName, stateName } from './names.ts';
import { type Chrome, shell } from './shell.ts';
import { slackHtml } from './slack-html.ts';
import { instantHtml } from './time-html.ts';

/** The board's own style, or roughly that of a chat. */
export const STYLES = ['board', 'discord', 'slack'] as const;

export type Style = (typeof STYLES)[number];

/** The style named in a query; the board's own for anything unknown. */
export const styleOf = (name: string | undefined): Style => STYLES.find((style) => style === name) ?? 'board';

/** A query, with its question mark, that keeps the style; empty for the board's own. */
export const styleQuery = (style: Style): string => (style === 'board' ? '' : `?style=${style}`);

/** A posted card with time and channels. The card is in its own language, the rest in the page's. */
export const postedCard = (posted: PostedCard, style: Style, words: Translator): Html => {
  const time = instantHtml(words, posted.postedAt);
  return html`<article id="card-${posted.id}">
<div lang="${posted.language}">
${styled(posted, style, time)}
</div>
<p class="posted"><a href="/card/${posted.id}${styleQuery(style)}" title="${words.say('board.cards.permalink')}">${time}</a>${posted.places.map((place) => placeHtml(place, words))}</p>
</article>
`;
};

const styled = ({ card }: PostedCard, style: Style, time: Html): Html => {
  if (style === 'discord') return discordHtml(card, time);
  return style === 'slack' ? slackHtml(card, time) : cardHtml(card);
};

const placeHtml = ({ platform, state, reason }: BoardChannel, words: Translator): Html =>
  html` <span class="place ${state === 'sent' ? 'arrived' : ''}">${placeName(words, platform)}: ${stateName(words, state)}${reason && ` (${reason})`}</span>`;

/** The page of one card, for its permalink. */
export const cardPage = (chrome: Chrome, posted: PostedCard, style: Style): Html => {
  const { words } = chrome;
  return shell(
    chrome,
    posted.card.title,
    html`<div class="alone"><p><a href="/${styleQuery(style)}">← ${words.say('board.all-cards')}</a></p>
<div id="card" data-live>${postedCard(posted, style, words)}</div></div>`,
  );
};
