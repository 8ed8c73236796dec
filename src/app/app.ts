import { startBoard } from '../board/board.ts';
import type { Channels } from '../channels/channels.ts';
import type { Fact } from '../facts/fact.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { Calendar } from '../market/calendar.ts';
import { EXCHANGE_TIME_ZONE } from '../market/exchange-time.ts';
import type { Job } from '../schedule/scheduler.ts';
import type { Store } from '../store/store.ts';
import type { Watcher } from '../watch/watcher.ts';
import { buildAnswers } from './build-answers.ts';
import { buildChannels } from './build-channels.ts';
import { buildDelivery } from './build-delivery.ts';
import { buildJobs } from './build-jobs.ts';
import { buildMarket } from './build-market.ts';
import { buildStore } from './build-store.ts';
import { loadConfig } from './config.ts';
import { createBoardView } from './create-board-view.ts';
import type { AppOptions, BuildContext } from './options.ts';
import { createShutdown } from './shutdown.ts';

export interface App {
  readonly catalogue: Catalogue;
  readonly calendar: Calendar;
  readonly watcher: Watcher;
  readonly channels: Channels;
  readonly store: Store;
  readonly boardUrl: string;
  /** Names of the platforms that cards are posted to; not those that failed to start. */
  readonly postingTo: readonly string[];
  /** Those without a channel yet. */
  readonly waiting: readonly string[];
  readonly jobs: readonly Job[];
  /** The curated ones. */
  readonly facts: readonly Fact[];
  /** Stops everything, in the order given at `Shutdown`. */
  stop(): Promise<void>;
}

/** Names of the platforms without a channel. */
const withoutChannel = async (channels: Channels, names: readonly string[]): Promise<string[]> => {
  const waiting: string[] = [];
  for (const name of names) if ((await channels.of(name)).length === 0) waiting.push(name);
  return waiting;
};

/**
 * Builds the bot: configuration, store, channels, market, delivery, answers, board, jobs. Starts no timers:
 * `jobs` are functions of now.
 * @throws ConfigError, FactsError, CatalogueError, StoreError, PlatformError, BoardError: one line each.
 */
export const createApp = async (options: AppOptions): Promise<App> => {
  const { log, clock, language, timeZone = EXCHANGE_TIME_ZONE } = options;
  const config = loadConfig(clock(), log, options.catalogue);
  const { watchlist, calendar, catalogue } = config;
  const source = await options.source(calendar);
  const shutdown = createShutdown();
  const context: BuildContext = { options, timeZone, config, source, shutdown };
  try {
    const stored = { ...context, ...(await buildStore(context)) };
    const addressed = { ...stored, ...(await buildChannels(stored)) };
    const watching = { ...addressed, ...(await buildMarket(addressed)) };
    const delivering = { ...watching, ...(await buildDelivery(watching)) };
    const answering = { ...delivering, ...buildAnswers(delivering) };

    const { store, metrics, channels, watcher, boardPlatform, stopDelivery } = answering;
    const { platformStates: platforms } = answering;
    const view = createBoardView({
      ...{ store, watchlist, calendar, watcher, catalogue, metrics, platforms, clock },
      companies: config.companies,
      ledger: answering.factStore.ledger,
      curated: answering.factStore.curated,
      sourceName: source.name,
      destinations: options.destinations,
      ...(options.botClock && { botClock: options.botClock }),
      ...(options.invitations && { invitations: options.invitations }),
    });
    const board = await startBoard({ ...options.board, view, log, catalogue, language });
    shutdown.add(board.close);
    boardPlatform.onPosted(board.changed);
    const isWell = async () => (await view.health()).status === 'ok';
    const { jobs, stopJobs } = await buildJobs({ ...answering, board, isWell });
    shutdown.add(stopJobs, stopDelivery);

    const postingTo = answering.platforms.map(({ name }) => name);
    return {
      ...{ catalogue, calendar, watcher, channels, store, postingTo },
      boardUrl: board.url,
      waiting: await withoutChannel(channels, postingTo),
      jobs,
      facts: config.facts,
      stop: shutdown.stop,
    };
  } catch (error) {
    await shutdown.stop();
    throw error;
  }
};
