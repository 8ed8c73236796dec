import type { BoardView, DeliveryLine, PostedCard } from '../board/board-view.ts';
import { buildCard } from '../cards/story-cards.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { alertKey } from '../slides/alert-kinds.ts';
import { listCards, readAlertCards, readCard } from '../store/card-list.ts';
import { countDeliveries, countLost, type ListedDelivery, listDeliveries } from '../store/delivery-list.ts';
import { oldestOwed } from '../store/queue.ts';
import type { Store } from '../store/store.ts';
import { BOARD_ID } from '../stories/platforms.ts';
import type { Story } from '../stories/story.ts';
import { STORY_KINDS } from '../stories/story-kinds.ts';
import { DAY_MS } from '../util/durations.ts';

export interface BoardListParts {
  readonly store: Store;
  readonly watchlist: Watchlist;
  readonly catalogue: Catalogue;
  readonly clock: () => number;
}

/** Alerts of a symbol for which a card is looked up. */
const ALERTS_LOOKED_UP = 40;

/** Titles kept; a page shows thirty. */
const MAX_TITLES = 500;

/**
 * Whether a story is a channel's own business: about the channel itself, a price that somebody set there, or a symbol that
 * it has added.
 */
const isOwn = (story: Story, { symbols }: Watchlist): boolean =>
  STORY_KINDS[story.kind].forFollowers !== true ||
  symbols.get(story.symbol)?.custom === true ||
  (story.kind === 'slide' && story.alerts.every(({ kind }) => kind === 'price'));

/** The lists of the board that are read from the store, page by page. */
export const createBoardLists = ({ store, watchlist, catalogue, clock }: BoardListParts) => {
  const cardOf = (stories: readonly Story[], language: string) => buildCard(stories, language, catalogue);

  /** By story and language: many channels get the same card. */
  const titles = new Map<string, string>();
  const titleOf = ({ storyId, story }: ListedDelivery, language: string): string => {
    const key = `${storyId}/${language}`;
    const title = titles.get(key) ?? cardOf([story], language).title;
    if (titles.size >= MAX_TITLES) titles.clear();
    titles.set(key, title);
    return title;
  };

  const lineOf = (it: ListedDelivery, language = it.language): DeliveryLine => {
    const { id, story, platform, channelId, origin, pause, state, attempts, reason, createdAt } = it;
    const isOpen = state === 'pending' || state === 'leased';
    const until = isOpen ? it.dueAt : (it.heldUntil ?? it.mutedUntil);
    return {
      ...{ id, kind: story.kind, platform, channel: channelId, origin, state, attempts, createdAt },
      ...(!isOwn(story, watchlist) && {
        card: { id: it.card, title: titleOf(it, language), language },
      }),
      ...(pause !== undefined && isOpen && { pause }),
      ...(reason !== undefined && { reason }),
      ...(until !== undefined && { until }),
      ...(it.settledAt !== undefined && { settledAt: it.settledAt }),
    };
  };

  const deliveries: BoardView['deliveries'] = async (asked, language) => {
    const now = clock();
    const { deliveries: listed, ...around } = await listDeliveries(store.db, asked);
    const oldestOwedAt = await oldestOwed(store.db, now);
    return {
      lines: listed.map((it) => lineOf(it, language)),
      ...around,
      counts: await countDeliveries(store.db),
      lost: await countLost(store.db, now - DAY_MS),
      ...(oldestOwedAt !== undefined && { oldestOwedAt }),
      now,
    };
  };

  const cardList: BoardView['cardList'] = async (asked, chosen) =>
    (await listCards(store.db, BOARD_ID, asked)).map(({ id, cursor, stories, language: own, at }) => {
      const language = chosen ?? own;
      return { id, cursor, language, card: cardOf(stories, language), postedAt: at };
    });

  /** A card of any channel, unless it is that channel's own business. */
  const anyCard = async (id: number, chosen?: string): Promise<PostedCard | undefined> => {
    const found = await readCard(store.db, id);
    if (!found || found.stories.length === 0 || found.stories.some((story) => isOwn(story, watchlist)))
      return undefined;
    const { platform, state, reason, language: own, at } = found;
    const language = chosen ?? own;
    const place = { platform, state, ...(reason !== undefined && { reason }) };
    return { id: found.id, card: cardOf(found.stories, language), language, postedAt: at, places: [place] };
  };

  /** The newest card of each alert of a symbol, by `alertKey`. */
  const alertCards = async (symbol: string): Promise<ReadonlyMap<string, number>> => {
    const told = await readAlertCards(store.db, BOARD_ID, symbol, ALERTS_LOOKED_UP);
    return new Map(told.map(({ alert, card }) => [alertKey(alert), card]));
  };

  return { deliveries, cardList, anyCard, alertCards };
};
