import type { Card } from '../../cards/card.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import type { PostedCard } from '../board-view.ts';
import { titleHtml } from './card-parts.ts';
import { type Html, html } from './html.ts';
import { styleQuery } from './posted-card.ts';
import { instantHtml } from './time-html.ts';

/** What was made of a card last, with what it was made for. */
const made = new WeakMap<Card, { readonly key: string; readonly html: Html }>();

const item = ({ id, card, language, postedAt }: PostedCard, style: string, words: Translator): Html => {
  const key = `${id}/${style}/${words.language}`;
  const known = made.get(card);
  if (known?.key === key) return known.html;
  const lead = card.lead[0];
  const markup = html`<li id="card-${id}"><a class="title edge-${card.tone}" href="/card/${id}${styleQuery(style)}" lang="${language}">${titleHtml(card.title)}</a>${lead !== undefined && html` <span class="lead" lang="${language}">${lead}</span>`} <small>${instantHtml(words, postedAt)}</small></li>\n`;
  made.set(card, { key, html: markup });
  return markup;
};

/** Cards by title and first line, each linked to its page. The cards are in their own languages. */
export const olderCards = (cards: readonly PostedCard[], style: string, words: Translator): Html =>
  html`<ul class="older panel">${cards.map((posted) => item(posted, style, words))}</ul>`;
