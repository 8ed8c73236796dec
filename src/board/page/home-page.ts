import type { Translator } from '../../i18n/catalogue.ts';
import type { Invitation } from '../../stories/platforms.ts';
import type { Health, PostedCard, QuoteLine } from '../board-view.ts';
import { type LiveParts, livePartsOf } from '../live-parts.ts';
import { banner, healthStrip } from './health-html.ts';
import { type Html, html } from './html.ts';
import { live } from './live.ts';
import { placeName } from './names.ts';
import { postedCard, STYLES, styleQuery } from './posted-card.ts';
import { quoteTable } from './quote-table.ts';
import { type Chrome, shell } from './shell.ts';

export interface Home {
  readonly quotes: readonly QuoteLine[];
  /** Newest first. */
  readonly cards: readonly PostedCard[];
  readonly health: Health;
  readonly invitations: readonly Invitation[];
  /** One of STYLES. */
  readonly style: string;
}

/** What changes on the home page while it is open. */
export const homeParts = (
  { words }: Pick<Chrome, 'words'>,
  { quotes, cards, health, style }: Omit<Home, 'invitations'>,
  cardHtmlOf: (posted: PostedCard) => Html = (posted) => postedCard(posted, style, words),
): Promise<LiveParts> =>
  livePartsOf({
    banner: banner(health, quotes, words),
    market: market(health, words),
    prices: quoteTable(quotes, health.now, words),
    cards:
      cards.length === 0
        ? html`<p class="empty">${words.say('board.cards.nothing')}</p>`
        : html`${cards.map(cardHtmlOf)}`,
    health: healthStrip(health, words),
  });

/** Prices, cards and health on one page. */
export const homePage = (
  chrome: Chrome,
  parts: LiveParts,
  { invitations, style }: Pick<Home, 'invitations' | 'style'>,
): Html => {
  const { words } = chrome;
  const main = html`${live(parts, 'banner', 'div', html` role="status"`)}
<div class="columns">
<section class="prices" aria-labelledby="prices-title">
<h2 id="prices-title">${words.say('board.prices.title')} ${live(parts, 'market', 'span', html` class="market"`)}</h2>
${live(parts, 'prices')}
</section>
<section class="cards" aria-labelledby="cards-title">
<h2 id="cards-title">${words.say('board.cards.title')}${styleLinks(style, chrome)}</h2>
${live(parts, 'cards')}
</section>
<section class="state" aria-labelledby="health-title">
<h2 id="health-title">${words.say('board.health.title')}</h2>
${live(parts, 'health')}
${invitationList(invitations, chrome)}
</section>
</div>`;
  return shell(chrome, undefined, main);
};

const market = ({ market }: Health, words: Translator): Html =>
  html`<span class="lamp ${market === 'open' ? 'good' : ''}" aria-hidden="true"></span>${words.say(`board.market-${market}`)}`;

/** What each page is for, and a link to it; empty if there is none. */
const invitationList = (invitations: readonly Invitation[], { words }: Chrome): Html =>
  html`${
    invitations.length > 0 &&
    html`<h2 class="invitations">${words.say('board.invitations')}</h2>
<dl class="health">
${invitations.map(
  ({
    to,
    url,
  }) => html`<div><dt>${words.say(`invite.${to}`)}</dt><dd><span class="entry">${words.say(`invite.${to}-what`)}</span> <a href="${url}" rel="noreferrer">${words.say(`invite.${to}-open`)}</a></dd></div>
`,
)}</dl>`
  }`;

const styleLinks = (current: string, { words }: Chrome): Html =>
  html`<span class="styles">${words.say('board.cards.shown-as')}${STYLES.map((style) => html` <a href="/${styleQuery(style)}"${style === current && html` aria-current="true"`}>${placeName(words, style)}</a>`)}</span>`;
