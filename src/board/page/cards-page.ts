import type { Translator } from '../../i18n/catalogue.ts';
import type { PageAsked } from '../../stories/deliveries-asked.ts';
import type { CardLine } from '../board-view.ts';
import { type LiveParts, livePartsOf } from '../live-parts.ts';
import { leadLine, titleHtml } from './card-parts.ts';
import { pager } from './controls.ts';
import { type Html, html } from './html.ts';
import { live } from './live.ts';
import { type Chrome, shell } from './shell.ts';
import { instantHtml } from './time-html.ts';

export const CARDS_PER_PAGE = 20;

/** A page of cards, newest first. */
export interface CardPage {
  readonly cards: readonly CardLine[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

/** A card in short: the whole of it is a click away. */
const cardItem = (
  { id, card, language, postedAt }: CardLine,
  words: Translator,
): Html => html`<li class="edge-${card.tone}">
<p class="posted">${instantHtml(words, postedAt)}${card.tag !== undefined && html` <span class="tag">${card.tag}</span>`}</p>
<div lang="${language}"><h2><a href="/card/${id}">${titleHtml(card.title)}</a></h2>
${card.lead.slice(0, 1).map((line) => html`<p class="quiet">${leadLine(line)}</p>\n`)}</div></li>
`;

/** What changes while the page is open. */
export const cardsParts = (words: Translator, { cards, hasOlder, hasNewer }: CardPage): Promise<LiveParts> => {
  const [newest, oldest] = [cards[0], cards.at(-1)];
  return livePartsOf({
    list:
      newest && oldest
        ? html`<ol class="card-list">${cards.map((it) => cardItem(it, words))}</ol>
${pager(words, '', {
  newer: hasNewer ? `/cards?after=${newest.cursor}` : undefined,
  older: hasOlder ? `/cards?before=${oldest.cursor}` : undefined,
})}`
        : html`<p class="empty">${words.say('board.cards.nothing')}</p>`,
  });
};

/** Every card that the board has, older ones too. */
export const cardsPage = (chrome: Chrome, parts: LiveParts): Html => {
  const { words } = chrome;
  const title = words.say('board.all-cards');
  return shell(
    chrome,
    title,
    html`<div class="page-head"><h1>${title}</h1><p><a class="button" href="/deliveries">${words.say('board.nav.deliveries')}</a></p></div>
${live(parts, 'list')}`,
  );
};

/** Cuts a list that was asked for with one entry more than a page, newest first. */
export const cutPage = <T>(
  all: readonly T[],
  { before, after, limit }: PageAsked,
): { readonly shown: readonly T[]; readonly hasOlder: boolean; readonly hasNewer: boolean } => {
  const isMore = all.length > limit;
  if (after !== undefined) return { shown: all.slice(isMore ? 1 : 0), hasOlder: true, hasNewer: isMore };
  return { shown: all.slice(0, limit), hasOlder: isMore, hasNewer: before !== undefined };
};
