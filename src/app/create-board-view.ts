import type { BoardView, Health, PostedCard, QuoteLine, SymbolView } from '../board/board-view.ts';
import type { Card } from '../cards/card.ts';
import { buildCard } from '../cards/story-cards.ts';
import { type BotClock, clockOffText } from '../clock/bot-clock.ts';
import type { Companies } from '../facts/companies.ts';
import { exportPartsOf } from '../facts/exported-fact.ts';
import type { Fact } from '../facts/fact.ts';
import type { Ledger } from '../facts/ledger.ts';
import { relatedFigures } from '../facts/related-figures.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { Calendar } from '../market/calendar.ts';
import { newYorkDay } from '../market/exchange-time.ts';
import { unitOf, type Watched, type Watchlist } from '../market/watchlist.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import { closesWithNow, peakWithin, previousOf, pricePositionOf } from '../slides/price-position.ts';
import { readToldAlerts } from '../store/alerts.ts';
import { countByState } from '../store/deliveries.ts';
import { readJobHistories, readJobRuns } from '../store/job-runs.ts';
import { databaseAnswers } from '../store/meta.ts';
import { type PostedBatch, readPosted } from '../store/posted.ts';
import { oldestOwed } from '../store/queue.ts';
import { readReportDays } from '../store/report-days.ts';
import type { Store } from '../store/store.ts';
import { BOARD_ID, type Invitation } from '../stories/platforms.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { resultWithin } from '../util/promises.ts';
import { openTooLong } from '../watch/open-too-long.ts';
import { recordedSlide } from '../watch/recorded-slide.ts';
import { openQuestion } from '../watch/watch-state.ts';
import type { Watcher } from '../watch/watcher.ts';
import { createBoardLists } from './board-lists.ts';
import { failuresOf } from './failures.ts';
import { silentChannels } from './silent-channels.ts';
import type { Destination } from './start-platforms.ts';
import { viewsForPrograms } from './views-for-programs.ts';

export interface BoardViewParts {
  readonly store: Store;
  readonly watchlist: Watchlist;
  readonly calendar: Calendar;
  readonly watcher: Watcher;
  readonly catalogue: Catalogue;
  readonly metrics: Metrics;
  readonly sourceName: string;
  readonly platforms: () => Health['platforms'];
  readonly destinations: readonly Destination[];
  readonly companies: Companies;
  readonly ledger: () => Ledger;
  /** The reviewed figures, which ship with the product. */
  readonly curated: readonly Fact[];
  readonly clock: () => number;
  readonly botClock?: Pick<BotClock, 'off'>;
  readonly invitations?: () => readonly Invitation[];
}

/** Closes of the line beside a price: three months. */
const RECENT_SESSIONS = 62;

const lineOf = (parts: BoardViewParts, watched: Watched): QuoteLine => {
  const { symbol, name } = watched;
  const { watcher, calendar } = parts;
  const unit = unitOf(watched);
  const quote = watcher.memory.quotes.get(symbol);
  const refused = watcher.health().refused.get(symbol);
  const reason = openQuestion(watcher.memory, symbol) ?? (refused === 'not newer' ? undefined : refused);
  const problem = reason === undefined ? {} : { problem: reason };
  const standing = pricePositionOf(watcher.memory.histories.bars(symbol), quote);
  if (!standing) return { symbol, name, unit, ...problem };
  const { price, session, final } = standing;
  const previous = previousOf(standing);
  const peak = peakWithin(standing, YEAR_SESSIONS);
  const at = final ? calendar.hours(session)?.close : quote?.tradeTime;
  const { closes } = standing.before;
  return {
    symbol,
    name,
    unit,
    price,
    peak: peak.price,
    sessionsSincePeak: peak.sessions,
    recent: [...closes.slice(-RECENT_SESSIONS), price],
    ...(previous !== undefined && { previous }),
    ...(at !== undefined && { at }),
    ...problem,
  };
};

/** Whether each price source answers, and which symbols a backup speaks for. */
const sourcesOf = ({ watcher, sourceName }: BoardViewParts): Health['sources'] => {
  const { problem, goodAt, speakers } = watcher.health();
  const at = goodAt === undefined ? {} : { at: goodAt };
  if (!speakers) return [{ name: sourceName, ok: problem === undefined, ...(problem && { detail: problem }), ...at }];
  const failing = [...speakers.quotes.failing, ...speakers.histories.failing];
  return speakers.names.map((name) => {
    const failure = failing.find(({ source }) => source === name);
    const symbols = [...speakers.quotes.bySymbol].flatMap(([symbol, source]) => (source === name ? symbol : []));
    const detail = failure?.because ?? (name === sourceName ? undefined : symbols.join(', ')) ?? '';
    return { name, ok: failure === undefined, ...(detail !== '' && { detail }), ...at };
  });
};

/** A database that takes longer is down for whoever asks. */
const DATABASE_ANSWER_MS = 3_000;

/** Built cards kept; the home page shows twenty, a feed fifty in its language. */
const MAX_BUILT = 250;

/** The running bot, as the board shows it. */
export const createBoardView = (parts: BoardViewParts): BoardView => {
  const { store, watchlist, calendar, watcher, catalogue, metrics, clock } = parts;
  /** By the batch, its number of stories and the language, which never change themselves: open pages ask for the same cards at each poll. */
  const built = new Map<string, Card>();
  const posted = ({ stories, ...batch }: PostedBatch, language = batch.language): PostedCard => {
    const key = `${batch.id}/${stories.length}/${language}`;
    const card = built.get(key) ?? buildCard(stories, language, catalogue);
    if (built.size >= MAX_BUILT) built.clear();
    built.set(key, card);
    return { ...batch, card, language };
  };
  const lists = createBoardLists(parts);
  const lines = () => [...watchlist.symbols.values()].map((watched) => lineOf(parts, watched));
  const newestTradeAt = (): number | undefined => {
    const trades = lines().flatMap(({ at }) => at ?? []);
    return trades.length > 0 ? Math.max(...trades) : undefined;
  };
  const startedAt = clock();
  let databaseDownSince: number | undefined;
  const ready = async (): Promise<boolean> => {
    const answers = (await resultWithin(databaseAnswers(store.db), DATABASE_ANSWER_MS)) === true;
    databaseDownSince = answers ? undefined : (databaseDownSince ?? clock());
    return answers;
  };
  const health = async (): Promise<Health> => {
    const isReady = await ready();
    const now = clock();
    const { problem, goodAt = startedAt, refused } = watcher.health();
    const alone = problem === undefined ? refused : undefined;
    const off = parts.botClock?.off();
    const open = openTooLong(watcher.memory, watchlist, calendar, now, alone).map(({ text }) => text);
    const platforms = parts.platforms();
    const failures = failuresOf({
      now,
      platforms,
      ...(problem !== undefined && { prices: { because: problem, goodAt } }),
      ...(databaseDownSince !== undefined && {
        database: { because: 'the database does not answer', since: databaseDownSince },
      }),
    });
    const isOpen = calendar.isOpen(now);
    const told = failures.flatMap(({ part, because }) => (part === 'prices' ? [] : because));
    const problems = [...(off ? [clockOffText(off)] : []), ...open, ...told];
    const newestTrade = newestTradeAt();
    const silent = isReady ? await silentChannels(store.db, parts.destinations) : [];
    return {
      status: failures.some(({ part }) => isOpen || part === 'database') ? 'failing' : 'ok',
      failures,
      now,
      market: isOpen ? 'open' : 'closed',
      ...(problems.length > 0 && { problem: problems.join(' ') }),
      ...(problem !== undefined && { noPricesBecause: problem }),
      ...(newestTrade !== undefined && { lastQuoteAt: newestTrade }),
      nextSession: calendar.next(calendar.dayOf(now)),
      sources: sourcesOf(parts),
      platforms,
      ...(silent.length > 0 && { silent }),
      deliveries: isReady ? await countByState(store.db) : {},
      jobs: isReady ? await readJobRuns(store.db) : [],
      refused: await metrics.refused(),
    };
  };
  metrics.watchState(async () => {
    const now = clock();
    const newestTrade = newestTradeAt();
    const published = parts
      .ledger()
      .known(now)
      .map(({ published: day }) => Date.parse(day));
    const oldestOwedAt = await oldestOwed(store.db, now);
    return {
      now,
      isMarketOpen: calendar.isOpen(now),
      ...(newestTrade !== undefined && { newestQuoteAt: newestTrade }),
      sources: sourcesOf(parts),
      platforms: parts.platforms().map(({ name, state, disconnected }) => ({
        name,
        takesCards: state === 'on',
        isConnected: disconnected === undefined,
      })),
      ...(oldestOwedAt !== undefined && { oldestOwedAt }),
      ...(published.length > 0 && { newestFigureAt: Math.max(...published) }),
      jobs: (await readJobRuns(store.db)).flatMap(({ name, ranAt, result }) => {
        if (ranAt === undefined) return [];
        const failed = result !== undefined && 'failed' in result;
        return [{ name, failed, ...(!failed && { succeededAt: ranAt }) }];
      }),
    };
  });
  const symbol = async (name: string): Promise<SymbolView | undefined> => {
    const watched = watchlist.symbols.get(name);
    if (!watched) return undefined;
    const standing = pricePositionOf(watcher.memory.histories.bars(name), watcher.memory.quotes.get(name));
    const told = await readToldAlerts(store.db, [name], '');
    const now = clock();
    return {
      quote: lineOf(parts, watched),
      closes: standing ? closesWithNow(standing) : { sessions: [], closes: [] },
      // A price that somebody set for a channel is the channel's own.
      alerts: told.flatMap(({ alert }) => (alert.kind === 'price' ? [] : alert)).reverse(),
      cards: await lists.alertCards(name),
      beside: relatedFigures(parts.ledger(), parts.companies, name, now),
      today: newYorkDay(now),
    };
  };
  let sampleStory: SlideStory | undefined;
  const samples = new Map<string, Card>();
  return {
    ...viewsForPrograms({ ...parts, posted, lineOf: (watched) => lineOf(parts, watched) }),
    quotes: async () => {
      const now = clock();
      const today = newYorkDay(now);
      const known = (await readReportDays(store.db, now)) ?? [];
      const reports = new Map(known.flatMap(({ symbol: name, day }) => (day < today ? [] : [[name, day] as const])));
      return lines().map((line) => {
        const day = reports.get(line.symbol);
        return day === undefined ? line : { ...line, reports: day };
      });
    },
    sample: (language) => {
      sampleStory ??= recordedSlide({ watchlist, calendar, companies: parts.companies, ledger: parts.ledger() });
      const card = samples.get(language) ?? (sampleStory && buildCard([sampleStory], language, catalogue));
      if (card) samples.set(language, card);
      return card;
    },
    symbol,
    bill: () => ({ ledger: parts.ledger(), companies: parts.companies, now: clock() }),
    figures: () => ({
      ledger: parts.ledger(),
      subjects: parts.companies.subjects,
      now: clock(),
      ...exportPartsOf(parts.companies, parts.curated),
    }),
    cards: async (limit, language) =>
      (await readPosted(store.db, BOARD_ID, limit)).map((batch) => posted(batch, language)),
    card: async (id, language) =>
      (await readPosted(store.db, BOARD_ID, 1, id)).map((batch) => posted(batch, language))[0] ??
      lists.anyCard(id, language),
    cardList: lists.cardList,
    deliveries: lists.deliveries,
    jobHistories: () => readJobHistories(store.db),
    health,
    ready,
    invitations: () => parts.invitations?.() ?? [],
    metrics: () => metrics.text(),
  };
};
