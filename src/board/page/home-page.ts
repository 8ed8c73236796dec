import type { Card } from '../../cards/card.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import { formatWeekday } from '../../i18n/dates.ts';
import { symbolInList } from '../../i18n/names.ts';
import { changePercent, formatChange } from '../../i18n/percent.ts';
import { type Invitation, platformFacts, typedName } from '../../stories/platforms.ts';
import type { BillSource } from '../bill-columns.ts';
import type { Health, PostedCard, QuoteLine } from '../board-view.ts';
import { type LiveParts, livePartsOf } from '../live-parts.ts';
import { billStrip } from './bill-strip.ts';
import { cardHtml } from './card-html.ts';
import { banner, healthStrip } from './health-html.ts';
import { healthLine } from './health-line.ts';
import { type Html, html, trusted } from './html.ts';
import { live } from './live.ts';
import { placeName } from './names.ts';
import { olderCards } from './older-cards.ts';
import { postedCard, STYLES } from './posted-card.ts';
import { isReference, type QuoteSort, sortQuery } from './quote-sort.ts';
import { newestTradeOf, quoteTable } from './quote-table.ts';
import { type Chrome, shell } from './shell.ts';
import { instantHtml } from './time-html.ts';

/** How a reader has asked to see the page. */
export interface HomeChoice {
  /** One of STYLES. */
  readonly style: string;
  readonly sort: QuoteSort;
}

export interface Home extends HomeChoice {
  readonly quotes: readonly QuoteLine[];
  /** Newest first. */
  readonly cards: readonly PostedCard[];
  readonly health: Health;
  readonly bill?: BillSource;
  /** A card that shows what cards look like, while there is none. */
  readonly sample?: Card;
}

const homeAddress = ({ style, sort }: HomeChoice): string => {
  const queries = [...(style === STYLES[0] ? [] : [`style=${style}`]), sortQuery(sort)].filter((query) => query !== '');
  return queries.length === 0 ? '/' : `/?${queries.join('&')}`;
};

interface Move {
  readonly quote: QuoteLine;
  readonly percent: number;
}

const movesOf = (quotes: readonly QuoteLine[]): Move[] =>
  quotes.flatMap((quote) =>
    quote.price === undefined || quote.previous === undefined
      ? []
      : { quote, percent: changePercent(quote.price, quote.previous) },
  );

/** The day in a line: the company that fell most, the index beside it, and how many fell. */
const headline = (words: Translator, { quotes, health }: Home): Html => {
  const moves = movesOf(quotes);
  const companies = moves.filter(({ quote }) => !isReference(quote));
  const index = moves.find(({ quote }) => quote.unit === 'points');
  const worst = companies.toSorted((a, b) => a.percent - b.percent)[0];
  const told = [worst, index].flatMap((move) =>
    move ? `${symbolInList(words, move.quote)} ${formatChange(words, move.percent)}` : [],
  );
  const title = told.join(', ');
  return html`<h1>${title || words.say('board.prices.title')}</h1>
<p class="quiet">${companies.length > 0 && html`${words.say('board.fell', { fell: companies.filter(({ percent }) => percent < 0).length, of: companies.length })} `}${market(words, health)}</p>`;
};

const market = (words: Translator, { market, nextSession }: Health): Html =>
  html` <span class="market"><span class="lamp ${market === 'open' && 'good'}" aria-hidden="true"></span><b>${words.say(`board.market-${market}`)}</b>${market === 'closed' && nextSession !== undefined && html` ${words.say('board.next-session')} <time datetime="${nextSession}">${formatWeekday(words, nextSession, nextSession, 'short')}</time>`}</span>`;

/** The newest card; without any, what to do next, and a sample. */
const newestHtml = (words: Translator, home: Home, cardHtmlOf: (posted: PostedCard) => Html): Html => {
  const { cards, sample, health } = home;
  const [newest] = cards;
  if (newest) return cardHtmlOf(newest);
  const chat = health.platforms.find(({ name }) => platformFacts(name).replyMinutes !== undefined);
  const next = chat
    ? words.say('board.cards.next-wait', {
        setup: typedName('setup', chat.name),
        test: typedName('alerts test', chat.name),
      })
    : words.say('board.cards.next-connect');
  return html`<div class="empty"><p>${words.say('board.cards.nothing')}</p><p>${next}</p></div>
${sample && html`<p class="quiet sample-title">${words.say('board.cards.sample')}</p>\n${cardHtml(sample)}`}`;
};

const olderHtml = (words: Translator, { cards, style }: Home): Html =>
  html`${cards.length > 1 && html`<h2 id="older-title">${words.say('board.cards.older')} <a href="/cards">${words.say('board.all-cards')} <span aria-hidden="true">→</span></a></h2>\n${olderCards(cards.slice(1), style, words)}`}`;

/** What changes on the home page while it is open. */
export const homeParts = (
  { words }: Pick<Chrome, 'words'>,
  home: Home,
  cardHtmlOf: (posted: PostedCard) => Html = (posted) => postedCard(posted, home.style, words),
): Promise<LiveParts> => {
  const { quotes, health, bill, sort } = home;
  const newest = newestTradeOf(quotes);
  return livePartsOf({
    headline: headline(words, home),
    banner: banner(health, quotes, words),
    stamp: html`${newest !== undefined && instantHtml(words, newest)}`,
    prices: quoteTable(
      quotes,
      { sort, now: health.now, addressOf: (other) => homeAddress({ ...home, sort: other }) },
      words,
    ),
    cards: newestHtml(words, home, cardHtmlOf),
    older: olderHtml(words, home),
    ...(bill && { bill: billStrip(words, bill) }),
    health: healthLine(words, health),
    details: healthStrip(health, words),
  });
};

/** Prices, the bill, cards and health on one page. */
export const homePage = (
  chrome: Chrome,
  parts: LiveParts,
  { invitations, ...choice }: HomeChoice & { readonly invitations: readonly Invitation[] },
): Html => {
  const { words } = chrome;
  const main = html`${live(parts, 'headline', 'div', html` class="page-head"`)}
${live(parts, 'banner', 'div', html` role="status"`)}
<div class="home">
<section class="panel prices" aria-labelledby="prices-title">
<h2 id="prices-title">${words.say('board.prices.title')} ${live(parts, 'stamp', 'span', html` class="stamp"`)}</h2>
${live(parts, 'prices')}
</section>
<section class="cards" aria-labelledby="cards-title">
<h2 id="cards-title">${words.say('board.cards.title')}${styleLinks(choice, words)}</h2>
${live(parts, 'cards')}
</section>
${
  parts.bill &&
  html`<section class="panel bill" aria-labelledby="bill-title">
<h2 id="bill-title">${words.say('board.bill.strip')} <a href="/bill">${words.say('board.bill.open')} <span aria-hidden="true">→</span></a></h2>
${live(parts, 'bill')}
</section>`
}
${live(parts, 'older', 'div', html` class="older-cards"`)}
<section class="panel state" aria-labelledby="health-title">
<h2 id="health-title">${words.say('board.health.title')} <a href="/status">${words.say('board.health.open')} <span aria-hidden="true">→</span></a></h2>
${live(parts, 'health')}
<details><summary>${words.say('board.health.details')}</summary>${live(parts, 'details')}</details>
${invitationList(invitations, words)}
</section>
</div>`;
  return shell(chrome, titleOf(parts), main);
};

/** The text of the headline, for the tab. */
const titleOf = (parts: LiveParts): Html | undefined => {
  const [, title] = /<h1>(.*?)<\/h1>/.exec(parts.headline?.markup ?? '') ?? [];
  return title === undefined ? undefined : trusted(title);
};

/** What each page is for, and a link to it; empty if there is none. */
const invitationList = (invitations: readonly Invitation[], words: Translator): Html =>
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

const styleLinks = (choice: HomeChoice, words: Translator): Html =>
  html`<span class="styles">${words.say('board.cards.shown-as')}${STYLES.map((style) => html` <a href="${homeAddress({ ...choice, style })}"${style === choice.style && html` aria-current="true"`}>${placeName(words, style)}</a>`)}</span>`;
