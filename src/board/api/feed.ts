import type { Card, Section } from '../../cards/card.ts';
import type { Translator } from '../../i18n/catalogue.ts';
import type { PostedCard } from '../board-view.ts';
import { leadLine, sourceLink } from '../page/card-parts.ts';
import { type Html, html } from '../page/html.ts';

/** A card as an entry of a feed. */
export interface FeedEntry {
  /** A tag URI (RFC 4151), the same for ever. */
  readonly id: string;
  readonly title: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The page of the card. */
  readonly link: string;
  /** What it is about, such as `NVDA`; absent for a card of several. */
  readonly about?: string;
  readonly summary: string;
  /** HTML without scripts, styles or pictures. */
  readonly content: string;
}

export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly language: string;
  /** Epoch milliseconds of the newest entry; of the beginning of 1970 without one. */
  readonly updated: number;
  /** Its own address and that of the board. */
  readonly self: string;
  readonly board: string;
  /** The newest first. */
  readonly entries: readonly FeedEntry[];
}

const table = ({ columns, rows }: NonNullable<Section['table']>): Html =>
  html`<table><thead><tr>${columns.map(({ title }) => html`<th>${title}</th>`)}</tr></thead><tbody>${rows.map(
    (cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table>`;

const section = ({ heading, hint, table: figures, note, rows }: Section): Html =>
  html`${heading !== '' && html`<h3>${heading}${hint !== undefined && ` ${hint}`}</h3>`}${figures && table(figures)}${note !== undefined && html`<p>${note}</p>`}${
    rows.length > 0 &&
    html`<ul>${rows.map(
      ({ label, text, aside, asideInFull = aside, link, mark = '' }) =>
        html`<li>${label !== '' && html`<b>${label}</b> `}${text}${(asideInFull ?? link) !== undefined && html` (${sourceLink(link, asideInFull ?? '↗')})`}${mark !== '' && ` ${mark}`}</li>`,
    )}</ul>`
  }`;

/** The whole text of a card; its picture in words. */
const contentOf = (card: Card): Html =>
  html`${card.lead.map((line) => html`<p>${leadLine(line)}</p>`)}${card.quiet !== undefined && html`<p>${card.quiet}</p>`}${
    card.picture && html`<p>${card.picture.alt}</p>`
  }${card.sections.map(section)}${card.footer.map((line) => html`<p><small>${line}</small></p>`)}`;

/** Stands in a tag URI for who gives the ids away, and since when. */
const TAG = 'tag:slidewatch,2026';

interface FeedParts {
  /** The id of the database: with another one, card 7 is another card. */
  readonly instance: string;
  /** The newest first, in one language. */
  readonly cards: readonly PostedCard[];
  readonly words: Translator;
  /** The origin of the board, such as https://slidewatch.example.com. */
  readonly origin: string;
  /** Path of the feed, with its query. */
  readonly path: string;
}

/** The feed of a board's cards in a language. An entry's id is the same whatever the board's address is. */
export const feedOf = async ({ instance, cards, words, origin, path }: FeedParts): Promise<Feed> => {
  const { language } = words;
  const entries = cards.map(async ({ id, card, postedAt }): Promise<FeedEntry> => {
    const summary = [...card.lead, card.quiet ?? ''].filter((line) => line !== '').join('\n');
    return {
      id: `${TAG}:${instance}/card/${id}/${language}`,
      title: card.title,
      at: postedAt,
      link: `${origin}/card/${id}`,
      ...(card.tag !== undefined && { about: card.tag }),
      summary: summary === '' ? card.title : summary,
      content: String(await contentOf(card)),
    };
  });
  return {
    id: `${TAG}:${instance}/feed/${language}`,
    title: 'Slidewatch',
    subtitle: words.say('board.tagline'),
    language,
    updated: Math.max(0, ...cards.map(({ postedAt }) => postedAt)),
    self: `${origin}${path}`,
    board: `${origin}/`,
    entries: await Promise.all(entries),
  };
};
