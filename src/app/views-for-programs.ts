import type { BoardView, FiredAlert, PostedCard, QuoteLine } from '../board/board-view.ts';
import { exportPartsOf } from '../facts/exported-fact.ts';
import { unitOf, type Watched } from '../market/watchlist.ts';
import { pricePositionOf } from '../slides/price-position.ts';
import { readAlertPage } from '../store/alert-pages.ts';
import { instanceOf } from '../store/meta.ts';
import { type PostedBatch, readPosted } from '../store/posted.ts';
import { readStories } from '../store/stories.ts';
import type { AlertsAsked } from '../stories/alerts-asked.ts';
import { BOARD_ID } from '../stories/platforms.ts';
import { STORY_KINDS } from '../stories/story-kinds.ts';
import type { BoardViewParts } from './create-board-view.ts';
import { levelStates } from './level-states.ts';

interface ProgramParts extends BoardViewParts {
  lineOf(watched: Watched): QuoteLine;
  posted(batch: PostedBatch): PostedCard;
}

const firedAlerts = async ({ store, watchlist }: BoardViewParts, asked: AlertsAsked): Promise<FiredAlert[]> => {
  const found = await readAlertPage(store.db, asked);
  // The unit of a symbol that is watched no more is in its story.
  const old = found.filter(({ alert }) => !watchlist.symbols.has(alert.symbol)).map(({ storyId }) => storyId);
  const stories = old.length > 0 ? await readStories(store.db, [...new Set(old)]) : undefined;
  return found.flatMap(({ alert, storyId, ...row }) => {
    if (alert.kind === 'price') return [];
    const watched = watchlist.symbols.get(alert.symbol);
    const story = stories?.get(storyId);
    const unit = watched ? unitOf(watched) : story?.kind === 'slide' ? story.unit : 'usd';
    return [{ ...row, alert, unit }];
  });
};

/** What the board answers programs, of the running bot. */
export const viewsForPrograms = (
  parts: ProgramParts,
): Pick<Required<BoardView>, 'alerts' | 'standings' | 'ledger' | 'feed'> => {
  const { store, watchlist, calendar, watcher, clock, companies } = parts;
  const exportParts = exportPartsOf(companies, parts.curated);
  let instance: string | undefined;
  return {
    alerts: (asked) => firedAlerts(parts, asked),
    standings: async () => ({
      market: calendar.isOpen(clock()) ? 'open' : 'closed',
      standings: [...watchlist.symbols.values()].map((watched) => {
        const { symbol, kind } = watched;
        const { histories, quotes, states } = watcher.memory;
        const position = pricePositionOf(histories.bars(symbol), quotes.get(symbol));
        return {
          ...parts.lineOf(watched),
          ...(position && { session: position.session, isClose: position.final }),
          levels: levelStates(watchlist.rules[kind], states.get(symbol), position?.session),
        };
      }),
    }),
    ledger: () => ({
      ledger: parts.ledger(),
      companies,
      exportParts,
      now: clock(),
    }),
    feed: async (language, limit) => {
      instance ??= await instanceOf(store.db);
      const batches = await readPosted(store.db, BOARD_ID, limit);
      const forAll = batches.filter(({ stories }) => stories.every(({ kind }) => STORY_KINDS[kind].forFollowers));
      return { instance, cards: forAll.map((batch) => parts.posted({ ...batch, language })) };
    },
  };
};
