import type { Card } from '../../cards/card.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { BOARD_ID } from '../../stories/platforms.ts';
import type { BoardChannel, PostedCard } from '../board-view.ts';
import { type LiveParts, livePartsOf } from '../live-parts.ts';
import { cardHtml } from './card-html.ts';
import { CHAT_STYLE_IDS, chatHtml } from './chat-styles.ts';
import { type Html, html } from './html.ts';
import { live } from './live.ts';
import { placeName, stateName } from './names.ts';
import { type Chrome, shell } from './shell.ts';
import { instantHtml } from './time-html.ts';

/** The board's own style, then those of chats, by the platforms' ids. */
export const STYLES: readonly string[] = [BOARD_ID, ...CHAT_STYLE_IDS];

/** The style named in a query; the board's own for anything unknown. */
export const styleOf = (name: string | undefined): string => STYLES.find((style) => style === name) ?? BOARD_ID;

/** A query, with its question mark, that keeps the style; empty for the board's own. */
export const styleQuery = (style: string): string => (style === BOARD_ID ? '' : `?style=${style}`);

/** A card in a style. `time`: when it was posted. */
export const styledCard = (card: Card, style: string, time: Html): Html =>
  chatHtml(style, card, time) ?? cardHtml(card);

/** What was made of a card last, with what it was made for: open pages ask for the same cards at each poll. */
const made = new WeakMap<Card, { readonly key: string; readonly html: Html }>();

/** A posted card with time and channels. The card is in its own language, the rest in the page's. */
export const postedCard = (posted: PostedCard, style: string, words: Translator): Html => {
  const { card, ...around } = posted;
  const key = JSON.stringify([style, words.language, around]);
  const known = made.get(card);
  if (known?.key === key) return known.html;
  const html = makePostedCard(posted, style, words);
  made.set(card, { key, html });
  return html;
};

const makePostedCard = (posted: PostedCard, style: string, words: Translator): Html => {
  const time = instantHtml(words, posted.postedAt);
  return html`<article id="card-${posted.id}">
<div lang="${posted.language}">
${styledCard(posted.card, style, time)}
</div>
<p class="posted"><a href="/card/${posted.id}${styleQuery(style)}" title="${words.say('board.cards.permalink')}">${time}</a>${posted.places.map((place) => placeHtml(place, words))}</p>
</article>
`;
};

const placeHtml = ({ platform, state, reason }: BoardChannel, words: Translator): Html =>
  html` <span class="place ${state === 'sent' ? 'arrived' : ''}">${placeName(words, platform)}: ${stateName(words, state)}${reason && ` (${reason})`}</span>`;

/** What changes on the page of a card: where it has arrived. */
export const cardParts = (posted: PostedCard, style: string, words: Translator): Promise<LiveParts> =>
  livePartsOf({ card: postedCard(posted, style, words) });

/** The page of one card, for its permalink. */
export const cardPage = (chrome: Chrome, title: string, parts: LiveParts): Html =>
  shell(
    chrome,
    title,
    html`<div class="alone"><h1 class="aloud">${title}</h1><h2 class="aloud">${chrome.words.say('board.cards.title')}</h2><p><a href="/cards">← ${chrome.words.say('board.all-cards')}</a></p>
${live(parts, 'card')}</div>`,
  );
